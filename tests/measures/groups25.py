"""The example of 25 groups that the tests of WHO's R package healthequal draw.

github.com/WHOequity/healthequal, tests/testthat: ``set.seed(123); pop <- round(rnorm(25, 1000, 300));
est <- rbinom(25, 1000, .065); se <- rbinom(25, 100, .045)``, run in R 4.2.
"""

import pandas as pd

PEOPLE = [832, 931, 1468, 1021, 1039, 1515, 1138, 620, 794, 866, 1367, 1108, 1120]
PEOPLE += [1033, 833, 1536, 1149, 410, 1210, 858, 680, 935, 692, 781, 812]
VALUES = [61, 74, 58, 59, 72, 75, 74, 68, 75, 67, 73, 63, 66, 62, 60, 66, 71, 73, 71, 61, 74, 84, 55, 69, 60]
ERRORS = [5, 3, 3, 3, 4, 9, 2, 2, 2, 5, 5, 7, 5, 6, 4, 5, 6, 6, 9, 4, 3, 4, 1, 3, 7]

TABLE = pd.DataFrame({"people": PEOPLE, "value": VALUES, "se": ERRORS})
