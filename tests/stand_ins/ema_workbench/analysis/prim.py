import numpy as np
import pandas as pd


class Box:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def inspect(self):
        print(self.x.dtypes)
        print(len(self.x), "experiments,", int(self.y.sum()), "of interest")


class Prim:
    """Numbers are floats or whole, all else has categories; what is of interest is true or false."""

    def __init__(self, x, y, threshold):
        assert isinstance(x, pd.DataFrame) and isinstance(y, np.ndarray) and y.ndim == 1 and len(y) == len(x)
        assert set(np.unique(y)) == {False, True}
        for column in x.select_dtypes(exclude=np.number):
            x[column].astype("category")
            assert x[column].nunique() > 1
        assert 0 < threshold <= 1
        self.x, self.y = x, y

    def find_box(self):
        return Box(self.x, self.y)
