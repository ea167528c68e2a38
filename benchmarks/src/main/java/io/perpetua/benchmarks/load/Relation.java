package io.perpetua.benchmarks.load;

/** How a figure has to stand to its limit. NaN stands in none. */
public enum Relation {
    AT_MOST("≤") {
        @Override
        boolean holds(double found, double limit) {
            return found <= limit;
        }
    },
    UNDER("<") {
        @Override
        boolean holds(double found, double limit) {
            return found < limit;
        }
    },
    EXACTLY("=") {
        @Override
        boolean holds(double found, double limit) {
            return found == limit;
        }
    },
    AT_LEAST("≥") {
        @Override
        boolean holds(double found, double limit) {
            return found >= limit;
        }
    };

    private final String sign;

    Relation(String sign) {
        this.sign = sign;
    }

    abstract boolean holds(double found, double limit);

    String sign() {
        return sign;
    }
}
