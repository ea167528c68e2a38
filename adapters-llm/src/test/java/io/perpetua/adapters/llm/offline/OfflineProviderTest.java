package io.perpetua.adapters.llm.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.adapters.llm.wire.JsonMessageWriter;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ChatProviderContract;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.tokens.WordEstimate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OfflineProviderTest extends ChatProviderContract {

    private final OfflineProvider provider =
            new OfflineProvider(WordEstimate.INSTANCE, () -> "7", InstantSource.fixed(Instant.EPOCH));

    @Override
    protected ChatProvider provider() {
        return provider;
    }

    private static Message says(Role role, String text) {
        return new JsonMessageWriter().compose(role, text);
    }

    private Answer ask(String parameters, Message... messages) {
        var reply = provider.ask(new ProviderRequest("offline", List.of(messages), parameters, false));
        return ((Event.Done) next(reply)).answer();
    }

    private static Event next(ProviderReply reply) {
        return Objects.requireNonNull(reply.next(Duration.ZERO));
    }

    private String answer(Message... messages) {
        return ask("{}", messages).message().text();
    }

    @Test
    void ask_recalledLine_isQuotedWithItsOrigin() {
        assertThat(answer(
                        says(Role.SYSTEM, "You are helpful.\n\n## Always keep in mind\n- Answers are short."),
                        says(Role.USER, "The weather is fine today."),
                        says(Role.ASSISTANT, "Indeed."),
                        says(Role.USER, """
                                ## From earlier in this conversation
                                2026-03-01
                                [12 user] I live in Lisbon. My cat is called Mo.
                                [13 assistant] Noted.
                                ---
                                Which city am I living in? Lisbon?""")))
                .isEqualTo("""
                        [offline model: it quotes the conversation, it does not think] The best match I was sent: \
                        [turn 12, 2026-03-01, user] "I live in Lisbon.\"""");
    }

    @Test
    void ask_lineOfTheBrief_isQuotedWithItsOrigin() {
        assertThat(answer(says(Role.SYSTEM, """
                                You are helpful.

                                ## Summary of the earlier conversation (turns 1 to 40)
                                2026-03-01:
                                - ! 12 user: I live in Lisbon.
                                - 14 assistant: My name is Ada."""), says(Role.USER, "Which city am I living in?")))
                .endsWith("The best match I was sent: [turn 12, 2026-03-01, user] \"I live in Lisbon.\"");
    }

    @Test
    void ask_sentenceInBriefAndRecalled_isQuotedOnce() {
        assertThat(answer(says(Role.SYSTEM, """
                                ## Summary of the earlier conversation (turns 1 to 40)
                                2026-03-01:
                                - 12 user: I live in Lisbon."""), says(Role.USER, """
                                ## From earlier in this conversation
                                2026-03-01
                                [12 user] I live in Lisbon. My cat is called Mo.
                                ---
                                Which city am I living in?""")))
                .endsWith("The best match I was sent: [turn 12, 2026-03-01, user] \"I live in Lisbon.\"");
    }

    @Test
    void ask_clippedTurn_isQuotedWithoutItsGaps() {
        assertThat(answer(says(Role.USER, """
                                ## From earlier in this conversation
                                2026-03-01
                                [12 user] … I live in Lisbon. … My cat is called Mo.
                                ---
                                Which city am I living in?""")))
                .endsWith("The best match I was sent: [turn 12, 2026-03-01, user] \"I live in Lisbon.\"");
    }

    @Test
    void ask_listThatLooksLikeABrief_isText() {
        assertThat(answer(says(Role.USER, "- 3 lemons: for the cake\n\nHow many lemons?")))
                .endsWith("[user] \"3 lemons: for the cake\"");
    }

    @Test
    void ask_paragraphsBeforeTheQuestion_areContext() {
        assertThat(answer(says(Role.USER, "The budget is 4200 euros.\n\nHow large is the budget?")))
                .endsWith("[user] \"The budget is 4200 euros.\"");
    }

    @Test
    void ask_statementAndSimilarQuestion_quotesTheStatement() {
        assertThat(answer(
                        says(Role.USER, "Where does the train leave?"),
                        says(Role.ASSISTANT, "The train leaves from platform nine."),
                        says(Role.USER, "From which platform does the train leave?")))
                .endsWith("[assistant] \"The train leaves from platform nine.\"");
    }

    @Test
    void ask_twoEqualMatches_quotesTheLaterFirst() {
        assertThat(answer(
                        says(Role.USER, "My favourite colour is green."),
                        says(Role.USER, "My favourite colour is violet."),
                        says(Role.USER, "What is my favourite colour?")))
                .endsWith("""
                        The best matches I was sent:
                        - [user] "My favourite colour is violet."
                        - [user] "My favourite colour is green.\"""");
    }

    @Test
    void ask_whatItSaidItself_isNoEvidence() {
        String own = answer(says(Role.USER, "The code is 17.\n\nWhat is the code?"));

        assertThat(answer(says(Role.ASSISTANT, own), says(Role.USER, "What is the code?")))
                .endsWith("Nothing I was sent matches the question.");
    }

    @Test
    void ask_requiredTool_isCalledWithTheQuestion() {
        var answer = ask("""
                {"tools":[{"type":"function","function":{"name":"find","parameters":{"type":"object","properties":{
                  "query":{"type":"string"},"unit":{"type":"string","enum":["c","f"]},"limit":{"type":"integer"},
                  "note":{"type":"string"}},"required":["query","unit","limit"]}}}],"tool_choice":"required"}""", says(Role.USER, "Warm in Rome?"));

        assertThat(answer.finishReason()).isEqualTo("tool_calls");
        assertThat(answer.message().toolCalls())
                .containsExactly(
                        new ToolCall("call_7", "find", "{\"query\":\"Warm in Rome?\",\"unit\":\"c\",\"limit\":0}"));
    }

    @Test
    void ask_namedToolInAStream_comesAsADelta() {
        String parameters = """
                {"tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}],
                 "tool_choice":{"type":"function","function":{"name":"b"}}}""";
        var reply = provider.ask(new ProviderRequest("offline", List.of(says(Role.USER, "Go")), parameters, true));

        next(reply);
        assertThat(((Event.Chunk) next(reply)).json())
                .contains("\"tool_calls\":[{\"id\":\"call_7\",\"type\":\"function\",\"function\":{\"name\":\"b\"")
                .contains("\"index\":0");
    }

    @Test
    void ask_toolsWithoutForce_areIgnored() {
        var answer = ask(
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],\"tool_choice\":\"auto\"}",
                says(Role.USER, "Go"));

        assertThat(answer.message().toolCalls()).isEmpty();
    }

    @Test
    void ask_maxTokens_cutsAtAWord() {
        var answer = ask("{\"max_tokens\":6}", says(Role.USER, "Hello"));

        assertThat(answer.message().text()).isEqualTo("[offline model: it quotes");
        assertThat(answer.finishReason()).isEqualTo("length");
        assertThat(answer.usage()).extracting(usage -> usage.output()).isEqualTo(6);
    }

    @Test
    void ask_moreThanItsWindow_isTooLong() {
        assertThatThrownBy(() -> ask("{}", says(Role.USER, "word ".repeat(100_000))))
                .isInstanceOf(ProviderFailure.class)
                .extracting(failure -> ((ProviderFailure) failure).kind())
                .isEqualTo(ProviderFailure.Kind.CONTEXT_TOO_LONG);
    }
}
