package io.perpetua.domain.brief;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Prompt;
import io.perpetua.domain.usage.Prompt.Piece;
import io.perpetua.domain.usage.PromptCache;
import io.perpetua.domain.usage.SimulatedPromptCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule against trying every distance: what the simulated cache bills a conversation that is compacted so often. */
class CompactionEconomyTest {

    private static final int EXCHANGES = 2_000;
    private static final int FARTHEST = 90;
    private static final PromptCache CACHE = new PromptCache(1, 1, 1, Duration.ofMinutes(5), false);

    @ParameterizedTest
    @CsvSource({
        // cached share, brief, stays, tokens an exchange, most that the rule may cost beyond the best
        "0.02, 1200,  800,  410, 1.01",
        "0.10, 1200,  800,   80, 1.01",
        "0.10, 1200,  800,  410, 1.01",
        "0.10,  400,    0,  200, 1.01",
        "0.25, 1200,  800,   80, 1.01",
        "0.25, 1200,  800,  410, 1.01",
        "0.50, 1200,  800,   80, 1.02",
        "0.50, 1200,  800,  410, 1.02",
    })
    void distance_isTheCheapestOfAll(double share, int brief, int stays, int perExchange, double most) {
        var price = new Price(1, share, 1, 0);
        double best = Double.MAX_VALUE;
        double worst = 0;
        for (int distance = 1; distance <= FARTHEST; distance++) {
            double dollars = dollars(distance, brief, stays, perExchange, price);
            best = Math.min(best, dollars);
            worst = Math.max(worst, dollars);
        }
        double distance = new Compaction(2_400, 1.0 / 3, 1 / share).distance(brief + stays, perExchange);
        double byRule = dollars((int) Math.round(distance), brief, stays, perExchange, price);
        assertThat(byRule / best).as("distance %.1f", distance).isLessThanOrEqualTo(most);
        assertThat(worst / best).isGreaterThan(1.2); // or any distance would have done
    }

    /** What a conversation's prompts cost, recalled turns and message apart, which cost the same at any distance. */
    private static double dollars(int distance, int brief, int stays, int perExchange, Price price) {
        var cache = new SimulatedPromptCache(CACHE, String::length);
        var pieces = new ArrayList<Piece>();
        double dollars = 0;
        for (int exchange = 0; exchange < EXCHANGES; exchange++) {
            if (exchange % distance == 0) {
                pieces.clear();
                pieces.add(new Piece(exchange + " brief", brief));
                pieces.add(new Piece(exchange + " stays", stays));
            }
            pieces.add(new Piece(exchange + " exchange", perExchange));
            var usage = cache.send(new Prompt(pieces, 0, 0), Instant.EPOCH.plusSeconds(60L * exchange));
            dollars += price.of(usage);
        }
        return dollars;
    }
}
