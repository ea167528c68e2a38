package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.routing.LearnStandings;
import io.perpetua.application.routing.StandingStore.Learnt;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.LadderOrder;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingsLaneTest {

    @Test
    void stop_afterLearning_isRememberedAtTheNextStart(@TempDir Path data) {
        var rung = Rung.of("openai/mini");
        var outcome = new Outcome(true, 1.5, 0.01);
        Map<String, Object> settings = Map.of("perpetua.data", data.toString(), "perpetua.embedder", "none");
        try (var context = Contexts.start(null, settings)) {
            context.getBean(LearnStandings.class).learn(new Learnt(Intent.CODING_HELP, rung, outcome));
        }

        try (var context = Contexts.start(null, settings)) {
            assertThat(context.getBean(LearnStandings.class).of(Intent.CODING_HELP))
                    .isEqualTo(Standings.NONE.with(rung, outcome, LadderOrder.DEFAULT.forgetting()));
        }
    }
}
