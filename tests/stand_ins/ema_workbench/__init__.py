"""In the place of the EMA workbench: asks of a table of experiments and of outcomes what it documents."""
import numpy as np

_known = set()


class ScalarOutcome:
    def __init__(self, name):
        assert name.isidentifier(), "from version 3 on names must be Python's"
        _known.add(name)


def save_results(results, file_name):
    experiments, outcomes = results
    assert {"scenario", "policy", "model"} <= set(experiments.columns)
    assert list(experiments.index) == list(range(len(experiments)))
    for name, values in outcomes.items():
        assert name in _known, "an outcome that was not declared"
        assert isinstance(values, np.ndarray) and values.shape == (len(experiments),)
    open(file_name, "wb").close()
