package io.perpetua.domain.context;

import io.perpetua.domain.budget.Part;
import java.util.Map;

/**
 * An account of one context's tokens.
 *
 * @param full what the whole conversation would have cost this turn
 * @param sent what is sent: the sum of the parts and the reply's priming
 * @param budget the most that prompt and completion may cost together
 * @param parts what each part costs
 */
public record TokenReport(long full, int sent, int budget, Map<Part, Integer> parts) {

    public TokenReport {
        parts = Map.copyOf(parts);
    }

    /** What the memory saved; never negative, though a context may cost more than a short conversation. */
    public long saved() {
        return Math.max(0, full - sent);
    }
}
