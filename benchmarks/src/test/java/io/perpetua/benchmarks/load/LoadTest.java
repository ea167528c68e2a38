package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each scenario in small, with the real server: what it measures is there, and nobody gets less than a whole answer. */
class LoadTest {

    private static final Scale SMALL = new Scale(
            12,
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(20),
            Duration.ofMillis(60),
            0.8,
            20,
            5,
            2,
            4,
            4,
            0.002,
            50,
            Duration.ofSeconds(1),
            Map.of("PERPETUA_EMBEDDER", "none"),
            1);

    @Test
    void conversations_inSmall_areAnsweredWholeAndApart() throws Exception {
        var findings = new Conversations().measure(SMALL);
        assertThat(reached(findings, "conversations: % errors that are no announced refusals"))
                .isTrue();
        assertThat(reached(findings, "conversations: ended without [DONE] or an error"))
                .isTrue();
        assertThat(reached(findings, "conversations: contexts with words of another conversation"))
                .isTrue();
        assertThat(reached(findings, "rush: % errors that are no announced refusals"))
                .isTrue();
        assertThat(reached(findings, "conversations: most at once of a user, as the model sees it"))
                .isTrue();
        assertThat(reached(findings, "conversations: answers without queue_wait_ms"))
                .isTrue();
        var rows = findings.table("conversations").rows();
        assertThat(number(rows, "conversations", "answered")).isPositive();
        assertThat(number(rows, "conversations", "most_at_once")).isBetween(1.0, 12.0);
        assertThat(number(rows, "rush", "requests")).isEqualTo(20);
        assertThat(findings.table("over time").rows().values())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row)
                        .hasEntrySatisfying(
                                "live_heap_mb",
                                heap -> assertThat(heap.doubleValue()).isBetween(1.0, 512.0)));
        assertThat(findings.table("priority").rows()).hasSize(Priority.values().length);
    }

    @Test
    void limits_inSmall_leaveNobodyWithoutWord() throws Exception {
        var rows = new Limits().measure(SMALL).table("limits").rows();
        assertThat(number(rows, "5 users", "requests")).isEqualTo(20);
        assertThat(number(rows, "5 users", "answered")).isEqualTo(10);
        assertThat(number(rows, "5 users", "other")).isZero();
    }

    @Test
    void budget_inSmall_isAccountedForToTheDollar() throws Exception {
        var findings = new Budget().measure(SMALL);
        assertThat(reached(findings, "whole: answers' cost_usd off the bill, %"))
                .isTrue();
        assertThat(reached(findings, "streams: answers' cost_usd off the bill, %"))
                .isTrue();
        var rows = findings.table("budget").rows();
        assertThat(rows.keySet()).containsExactly("whole", "streams", "failing", "leaving");
        assertThat(rows.keySet())
                .allSatisfy(row -> assertThat(number(rows, row, "billed_usd"))
                        .isPositive()
                        .isLessThanOrEqualTo(number(rows, row, "budget_usd")));
        assertThat(number(rows, "whole", "other")).isZero();
        assertThat(number(rows, "leaving", "left")).isPositive();
    }

    @Test
    void idle_inSmall_hindersNobody() throws Exception {
        var findings = new Idle().measure(SMALL);
        assertThat(reached(findings, "idle connections opened")).isTrue();
        assertThat(reached(findings, "during: good requests answered")).isTrue();
        assertThat(reached(findings, "after: good requests answered")).isTrue();
        assertThat(findings.table("idle").rows().keySet()).containsExactly("before", "during", "after");
    }

    private static boolean reached(Findings findings, String what) {
        return findings.targets().stream()
                .filter(target -> target.what().equals(what))
                .findFirst()
                .orElseThrow()
                .reached();
    }

    private static double number(Map<String, Map<String, Number>> rows, String row, String column) {
        return Objects.requireNonNull(Objects.requireNonNull(rows.get(row)).get(column))
                .doubleValue();
    }
}
