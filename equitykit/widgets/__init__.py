"""The interactives: one Python class and one JavaScript module each."""

from equitykit.widgets.agreement import AgreementBuilder
from equitykit.widgets.audience import AudienceSwitch
from equitykit.widgets.base import Interactive
from equitykit.widgets.bench import MeasureBench
from equitykit.widgets.board import AccountabilityBoard
from equitykit.widgets.brief import BriefBuilder
from equitykit.widgets.categories import CategoryExplorer
from equitykit.widgets.check import Check, check
from equitykit.widgets.composer import EvidenceComposer
from equitykit.widgets.flip import FlipReference
from equitykit.widgets.intersection import IntersectionExplorer
from equitykit.widgets.pipeline import PipelineSimulator
from equitykit.widgets.planner import InvolvementPlanner
from equitykit.widgets.power import PowerMap
from equitykit.widgets.quality import DataQualityBoard
from equitykit.widgets.reframing import ReframingStudio
from equitykit.widgets.stepwise import StepwiseAdjustment
from equitykit.widgets.tracer import CauseTracer

__all__ = [
    "AccountabilityBoard",
    "AgreementBuilder",
    "AudienceSwitch",
    "BriefBuilder",
    "CategoryExplorer",
    "CauseTracer",
    "Check",
    "DataQualityBoard",
    "EvidenceComposer",
    "FlipReference",
    "Interactive",
    "IntersectionExplorer",
    "InvolvementPlanner",
    "MeasureBench",
    "PipelineSimulator",
    "PowerMap",
    "ReframingStudio",
    "StepwiseAdjustment",
    "check",
]
