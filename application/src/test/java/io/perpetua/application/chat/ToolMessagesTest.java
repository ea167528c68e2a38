package io.perpetua.application.chat;

import static io.perpetua.application.World.request;
import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.calls;
import static io.perpetua.application.conversation.Said.report;
import static io.perpetua.application.conversation.Said.system;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.mode.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests whose calls of tools and reports belong together, or do not. */
class ToolMessagesTest {

    private final World world = new World();

    @Test
    void prepare_reportOfNoCall_isRefusedByItsPlaceAmongAllMessages() {
        assertThat(refusal(request(system("s"), user("q"), report("find", "42"))))
                .isEqualTo("messages[2].tool_call_id");
    }

    @Test
    void prepare_callWithoutReport_isRefused() {
        assertThat(refusal(request(user("q"), calls("find"), user("well?")))).isEqualTo("messages[1].tool_calls");
    }

    @Test
    void prepare_withoutMemory_isJudgedAsWell() {
        var off = new MemoryOptions(false, null, Strategy.CHAT, null, null, null);
        var asked = request(user("q"), report("find", "42"));
        assertThat(refusal(new ChatRequest(
                        asked.sender(),
                        null,
                        asked.model(),
                        asked.messages(),
                        "{}",
                        1,
                        null,
                        false,
                        false,
                        off,
                        CacheUse.NONE)))
                .isEqualTo("messages[1].tool_call_id");
    }

    @Test
    void prepare_reportAloneOfAStoredCall_isLetIn() {
        world.say("c", user("q"), calls("find"));
        world.preview.preview(request("c", false, report("find", "42")));
        assertThat(refusal(request("c", false, report("other", "42")))).isEqualTo("messages[0].tool_call_id");
    }

    @Test
    void prepare_secondReportOfAStoredCall_isLetIn() {
        world.say("c", user("q"), calls("find"), report("find", "half"));
        world.preview.preview(request("c", false, report("find", "42")));
    }

    @Test
    void prepare_reportFarBehindItsCall_isLetIn() {
        world.say("c", user("q"), calls("find"));
        for (int i = 0; i < 20; i++) {
            world.say("c", report("find", "part " + i));
        }
        world.preview.preview(request("c", false, report("find", "last")));
    }

    @Test
    void prepare_storedCallThatWasNeverAnswered_isNotHeldAgainstTheClient() {
        world.say("c", user("q"), calls("find"));
        world.preview.preview(request("c", false, user("never mind")));
        world.preview.preview(request("c", false, user("q"), calls("find"), user("never mind")));
    }

    @Test
    void prepare_storedHistoryAgain_isLetInWhateverIsInIt() {
        Message[] said = {user("q"), report("find", "42"), assistant("a")};
        world.say("c", said);
        world.preview.preview(request("c", false, said[0], said[1], said[2], user("next")));
        assertThat(refusal(request(
                        "c",
                        false,
                        List.of(said[0], said[1], said[2], report("find", "42")).toArray(Message[]::new))))
                .isEqualTo("messages[3].tool_call_id");
    }

    private String refusal(ChatRequest request) {
        var refused = catchThrowableOfType(RequestRefused.class, () -> world.preview.preview(request));
        return refused == null ? "none" : String.valueOf(refused.param());
    }
}
