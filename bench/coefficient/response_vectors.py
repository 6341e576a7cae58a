"""Makes test/vectors/response.json: averages around minima, run by `landau verify`. Needs numpy alone.

    python3 bench/coefficient/response_vectors.py > test/vectors/response.json

Averages under exp(-t U) are sums over Gauss and Hermite's nodes. Limits are found from them, by extrapolation to t = infinity, and not from the formulae
that they test: so a wrong sign or factor in a formula does not pass.
"""

import json

import numpy as np

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(120)


def quartic(curve, x, tilt):
    return curve["lambda"] * x**2 / 2 + curve["alpha"] * x**3 / 6 + curve["gamma"] * x**4 / 24 + tilt * x


def cumulants(curve, t, tilt=0.0):
    """<x>, <x^2>, <x^3> of a single well at 0: the weight that is not Gaussian stands in the sum."""
    x = NODES / np.sqrt(t * curve["lambda"])
    weight = WEIGHTS * np.exp(NODES**2 / 2 - t * quartic(curve, x, tilt))
    weight /= weight.sum()
    return [float((weight * x**power).sum()) for power in (1, 2, 3)]


def averages(curve, t):
    one, two, three = cumulants(curve, t)

    def variance(tilt):
        first, second, _ = cumulants(curve, t, tilt)
        return second - first**2

    # Differences of the tilted variance, extrapolated to no tilt: another way than the third cumulant that it equals.
    step = 1e-2 / np.sqrt(t)
    slope = [(variance(h) - variance(-h)) / (2 * h) for h in (step, step / 2, step / 4)]
    finer = [(4 * b - a) / 3 for a, b in zip(slope, slope[1:])]
    return {
        "squareAndSelf": t**2 * (three - two * one),
        "thirdCumulant": t**2 * (three - 3 * one * two + 2 * one**3),
        "tiltedVariance": t * (16 * finer[1] - finer[0]) / 15,
        "variance": t * (two - one**2),
        "mean": t * one,
    }


def limit(of, levels=6):
    """of(t) at t = infinity, from t = 400 * 2^k: a polynomial in 1 / t, by Richardson."""
    row = [of(400.0 * 2**k) for k in range(levels)]
    for order in range(1, levels):
        row = [(2**order * b - a) / (2**order - 1) for a, b in zip(row, row[1:])]
    return row[0]


cases = []


def case(quantity, name, given, expected, relative):
    cases.append(
        {
            "quantity": quantity,
            "id": f"{quantity} {name}",
            "input": given,
            "expected": {key: float(value) for key, value in expected.items()},
            "tolerance": {"relative": relative, "absolute": 1e-12, "fields": {}},
        }
    )


curves = [(1, 1, 1), (1, -1, 1), (2, 0.5, 3), (0.5, 0.3, 0.4), (4, -3, 2.5)]
for numbers in curves:
    curve = dict(zip(("lambda", "alpha", "gamma"), numbers))
    name = " ".join(str(each) for each in numbers)
    ends = {key: limit(lambda t, key=key: averages(curve, t)[key]) for key in ("squareAndSelf", "thirdCumulant", "tiltedVariance")}
    case("quartic-limits", name, curve, ends, 1e-7)
    for t in (100, 1000, 10000):
        case("quartic-averages", f"{name} at {t}", {**curve, "t": t}, averages(curve, t), 1e-8)

# Two directions that are coupled in the second and third order, with a fourth order that makes one well of it.
hessian = np.array([[2, 0.5], [0.5, 1]])
third = np.array([[[0.6, 0.2], [0.2, -0.3]], [[0.2, -0.3], [-0.3, 0.4]]])
sigma = np.linalg.inv(hessian)
root = np.linalg.cholesky(sigma)
plane = root @ np.stack(np.meshgrid(NODES, NODES, indexing="ij")).reshape(2, -1)
plane_weights = np.outer(WEIGHTS, WEIGHTS).ravel()


def in_plane(functions, t):
    """Means of functions of points (2 x n) under exp(-t U)."""
    w = plane / np.sqrt(t)
    rest = np.einsum("ijk,in,jn,kn->n", third, w, w, w) / 6 + (w**2).sum(axis=0) ** 2
    weight = plane_weights * np.exp(-t * rest)
    weight /= weight.sum()
    return [float((weight * f(w)).sum()) for f in functions]


def observable(gradient, bend):
    return lambda w: np.array(gradient) @ w + np.einsum("ij,in,jn->n", np.array(bend), w, w) / 2


observables = [([1, 0], [[0, 0], [0, 0]]), ([0, 1], [[1, 0], [0, 0]]), ([1, -2], [[0.5, -1], [-1, 3]]), ([0.3, 0.7], [[2, 0.4], [0.4, -1]])]
for index, (gradient, bend) in enumerate(observables):
    f = observable(gradient, bend)
    mean = limit(lambda t: t * in_plane([f], t)[0])
    given = {"sigma": sigma.tolist(), "third": third.tolist(), "gradient": gradient, "hessian": bend}
    case("mean-limit", str(index), given, {"value": mean}, 1e-7)
    other, other_bend = observables[(index + 1) % len(observables)]
    g = observable(other, other_bend)

    def covariance(t):
        both, one, two = in_plane([lambda w: f(w) * g(w), f, g], t)
        return t * (both - one * two)

    case("covariance-limit", str(index), {"sigma": sigma.tolist(), "phi": gradient, "psi": other}, {"value": limit(covariance)}, 1e-7)

LINE, LINE_WEIGHTS = np.polynomial.legendre.leggauss(400)
for t, ks, js in [(10, [2], [1]), (1000, [1, 2], [1, 1]), (50, [3, 2], [2, 1]), (2.5, [1, 2, 3], [1, 0, 2]), (1e4, [4], [3])]:
    value = 1.0
    for k, j in zip(ks, js):
        x = LINE * (60 / t) ** (1 / (2 * k))
        weight = LINE_WEIGHTS * np.exp(-t * x ** (2 * k))
        value *= float((weight * x ** (2 * j)).sum() / weight.sum())
    case("power-moment", f"t {t} k {ks} j {js}", {"t": t, "k": ks, "j": js}, {"value": value}, 1e-10)

about = (
    "averages under exp(-t U) around a minimum at 0: U = lambda x^2 / 2 + alpha x^3 / 6 + gamma x^4 / 24; in the plane by Sigma, the inverse Hessian, and third "
    "derivatives; x_1^(2 k_1) + ... for powers. Limits of large t of t^2 Cov(x^2, x), t^2 kappa_3(x), t d/dh Var_h(x), t Cov(phi, psi), t (<phi> - phi(0))"
)
print(json.dumps({"format": "landau-vectors/1", "system": "response", "conventions": about, "cases": cases}, indent=1))
