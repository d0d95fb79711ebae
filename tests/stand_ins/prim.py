"""In the place of the package prim of Project Platypus: asks for what it documents."""
import numpy as np
import pandas as pd


class Box:
    def __init__(self, x):
        self.limits = pd.DataFrame({"min": x.min(), "max": x.max()})
        self.peeling_trajectory = pd.DataFrame({"coverage": [1.0]})


class Prim:
    def __init__(self, x, y, threshold=None, threshold_type=">"):
        assert isinstance(x, pd.DataFrame) and len(y) == len(x) and np.isfinite(x.values).all()
        assert threshold_type in {">", "<", ">=", "<="} and threshold is not None
        self.of_interest = {">": np.greater, "<": np.less, ">=": np.greater_equal, "<=": np.less_equal}[threshold_type](y, threshold)
        assert 0 < self.of_interest.sum() < len(y)
        self.x = x

    def find_box(self):
        return Box(self.x)
