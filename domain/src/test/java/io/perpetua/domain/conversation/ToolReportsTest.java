package io.perpetua.domain.conversation;

import static io.perpetua.domain.conversation.Said.assistant;
import static io.perpetua.domain.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.ToolReports.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolReportsTest {

    @Test
    void fault_callsAllAnsweredInAnyOrder_isNone() {
        assertThat(fault(user("q"), calls("a", "b"), report("b"), report("a"), assistant("done")))
                .isNull();
        assertThat(fault(user("q"), calls("a"), report("a"), calls("b"), report("b")))
                .isNull();
    }

    @Test
    void fault_reportAnsweredTwiceOrBehindInstructions_isNone() {
        var note = new Message(Role.SYSTEM, "note", null, List.of(), null, List.of(), "");
        assertThat(fault(user("q"), calls("a"), note, report("a"), report("a"))).isNull();
    }

    @Test
    void fault_legacyCallsAndReports_areLeftAlone() {
        var call =
                new Message(Role.ASSISTANT, "", null, List.of(new ToolCall("find", "find", "{}")), null, List.of(), "");
        var report = new Message(Role.FUNCTION, "42", "find", List.of(), "find", List.of(), "");
        assertThat(fault(user("q"), call, user("never mind"))).isNull();
        assertThat(fault(report, user("q"), call, report)).isNull();
    }

    @Test
    void fault_reportOfNoCall_namesItsId() {
        assertThat(fault(report("a"))).extracting(Fault::index, Fault::field).containsExactly(0, "tool_call_id");
        assertThat(fault(user("q"), calls("a"), report("b")))
                .extracting(Fault::index)
                .isEqualTo(2);
        assertThat(fault(user("q"), calls("a"), report("a"), assistant("x"), report("a")))
                .extracting(Fault::index)
                .isEqualTo(4);
    }

    @Test
    void fault_callFollowedByAnythingElse_namesTheCallAndWhatIsMissing() {
        var fault = fault(user("q"), calls("a", "b"), report("a"), user("well?"));
        assertThat(fault).extracting(Fault::index, Fault::field).containsExactly(1, "tool_calls");
        assertThat(fault).extracting(Fault::problem).asString().contains("'b'").doesNotContain("'a'");
    }

    @Test
    void fault_callAtTheEnd_isOne() {
        assertThat(fault(user("q"), calls("a"))).extracting(Fault::index).isEqualTo(1);
    }

    @Test
    void fault_messagesThatWereLetInBefore_areNotJudgedAgain() {
        var said = List.of(user("q"), calls("a"), user("never mind"), report("x"), assistant("ok"), user("next"));
        assertThat(ToolReports.fault(said, 4, Set.of())).isNull();
        assertThat(ToolReports.fault(said, 2, Set.of()))
                .extracting(Fault::index)
                .isEqualTo(3);
    }

    @Test
    void fault_reportOfACallMadeBefore_isNone() {
        assertThat(ToolReports.fault(List.of(report("a"), report("b")), 0, Set.of("a", "b")))
                .isNull();
        assertThat(ToolReports.fault(List.of(user("q"), report("a")), 0, Set.of("a")))
                .extracting(Fault::index)
                .isEqualTo(1);
    }

    @Test
    void callsAtEnd_behindReports_areTheAssistants() {
        assertThat(ToolReports.callsAtEnd(List.of(user("q"), calls("a", "b"), report("a"))))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(ToolReports.callsAtEnd(List.of(calls("a"), report("a"), assistant("x"))))
                .isEmpty();
        assertThat(ToolReports.callsAtEnd(List.of())).isEmpty();
    }

    private static @Nullable Fault fault(Message... said) {
        return ToolReports.fault(List.of(said), 0, Set.of());
    }

    private static Message calls(String... ids) {
        var calls = Arrays.stream(ids).map(id -> new ToolCall(id, "find", "{}")).toList();
        return new Message(Role.ASSISTANT, "", null, calls, null, List.of(), "");
    }

    private static Message report(String id) {
        return new Message(Role.TOOL, "42", null, List.of(), id, List.of(), "");
    }
}
