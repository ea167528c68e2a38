package io.perpetua.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.benchmarks.memory.Recording.Line;
import io.perpetua.domain.conversation.Role;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrefixTest {

    private static final Asked EARLY = new Asked("a?", "single-hop", Set.of(3, 50));
    private static final Asked BOTH = new Asked("b?", "multi-hop", Set.of(50, 51));
    private static final Asked LATE = new Asked("c?", "single-hop", Set.of(200));

    private final Recording recording = new Recording(
            "r", Collections.nCopies(200, new Line(Role.USER, null, "x", null)), List.of(EARLY, BOTH, LATE));

    @Test
    void of_recording_areThoseItIsLongEnoughFor() {
        assertThat(Prefix.of(recording)).containsExactly(50, 100, 200);
    }

    @Test
    void answerable_questions_haveAllTheirEvidenceInside() {
        assertThat(Prefix.answerable(recording, 50)).containsExactly(EARLY);
        assertThat(Prefix.answerable(recording, 100)).containsExactly(EARLY, BOTH);
        assertThat(Prefix.answerable(recording, 200)).containsExactly(EARLY, BOTH, LATE);
    }

    @Test
    void budget_isWhatIsLeftOfTheTokens() {
        var prefix = new Prefix(100, 3_539);

        assertThat(prefix.budget(70)).isEqualTo(1_061);
        assertThat(prefix.budget(90)).isEqualTo(353);
    }

    @Test
    void lastTurns_areThoseThatFit() {
        var last = new LastTurns(List.of(10, 20, 30, 40));

        assertThat(last.within("?", 70)).containsExactly(4, 3);
        assertThat(last.within("?", 69)).containsExactly(4);
        assertThat(last.within("?", 39)).isEmpty();
        assertThat(last.within("?", 1_000)).containsExactly(4, 3, 2, 1);
        assertThat(last.best("?", 2)).containsExactly(4, 3);
    }
}
