"""Student's t distribution in plain Python: web processes load no numerical library.

The distribution function comes from the regularised incomplete beta function, whose continued
fraction is evaluated by Lentz's method (Press et al., Numerical Recipes, 6.4). Good to about
1e-12 up to some ten thousand degrees of freedom.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p

YAKIN = 0.95  # how sure every interval of this project is
TINY = 1e-300
STEPS = 500


def t_cdf(x: float, derajat: int) -> float:
    """P(T <= x) for T with so many degrees of freedom (1 or more)."""
    tail = _beta(derajat / 2, 0.5, derajat / (derajat + x * x)) / 2
    return 1 - tail if x > 0 else tail


@lru_cache(maxsize=256)
def t_quantile(derajat: int, yakin: float = YAKIN) -> float:
    """How many standard errors a two-sided interval reaches to each side; 12.7 with one degree."""
    wanted, low, high = (1 + yakin) / 2, 0.0, 2.0
    while t_cdf(high, derajat) < wanted:
        low, high = high, 2 * high
    while (middle := (low + high) / 2) not in (low, high):
        if t_cdf(middle, derajat) < wanted:
            low = middle
        else:
            high = middle
    return high


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return found


def _away(number: float) -> float:
    """The same number, kept from zero."""
    return number if abs(number) > TINY else TINY
