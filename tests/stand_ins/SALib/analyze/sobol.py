"""In the place of SALib.analyze.sobol: asks for what it documents, and gives its estimates (Saltelli et al. 2010) without their bootstrap."""
import numpy as np


def analyze(problem, Y, calc_second_order=True, num_resamples=100, conf_level=0.95, seed=None):
    names, bounds = problem["names"], problem["bounds"]
    D = problem["num_vars"]
    assert D == len(names) == len(set(names)) == len(bounds) and all(isinstance(name, str) for name in names)
    assert all(low < high for low, high in bounds)
    assert isinstance(Y, np.ndarray) and Y.ndim == 1 and np.isfinite(Y).all()
    step = 2 * D + 2 if calc_second_order else D + 2
    assert Y.size % step == 0, "rows in the order A, AB of each input, (BA of each,) B"
    Y = (Y - Y.mean()) / Y.std()
    A, B = Y[0::step], Y[step - 1 :: step]
    AB = np.array([Y[j + 1 :: step] for j in range(D)])
    variance = np.var(np.r_[A, B])
    return {
        "S1": (B * (AB - A)).mean(axis=1) / variance,
        "ST": ((A - AB) ** 2).mean(axis=1) / 2 / variance,
        "S1_conf": np.full(D, np.nan),
        "ST_conf": np.full(D, np.nan),
    }
