package io.perpetua.application.chat;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.cache.PlainCompletions;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.ChatAnswer.Whole;
import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.application.commands.FixedWorkspace;
import io.perpetua.application.commands.InMemoryAuditLog;
import io.perpetua.application.commands.Outcome;
import io.perpetua.application.commands.Outcome.Ending;
import io.perpetua.application.commands.RunCommands;
import io.perpetua.application.commands.ScriptedExecutor;
import io.perpetua.application.conversation.PlainMessages;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.commands.CommandPolicy;
import io.perpetua.domain.commands.RuleBook;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.usage.Usage;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AnswerLocallyTest {

    private final World world = new World();
    private final ScriptedExecutor executor = new ScriptedExecutor();
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final RunCommands commands = new RunCommands(
            new CommandPolicy(RuleBook.shipped(), CommandPolicy.READ_ONLY),
            new FixedWorkspace(),
            executor,
            audit,
            world.newIds,
            world.clock,
            () -> 0,
            1);
    private final CompleteChat chat = world.chat(
            world.gate,
            world.prepare,
            0,
            new AnswerLocally(
                    commands,
                    new PlainCompletions(),
                    world.answers,
                    PlainMessages.INSTANCE,
                    world.newIds,
                    world.clock));

    private static ChatRequest request(
            String model, String parameters, Sender sender, boolean stream, Message... said) {
        return new ChatRequest(
                sender,
                "c",
                model,
                List.of(said),
                parameters,
                1,
                null,
                stream,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);
    }

    /** A model stands by. */
    private TurnReport report(ChatRequest request) {
        world.provider.reply().whole(assistant("by a model"), null);
        return chat.complete(request, new Cancellation()).report();
    }

    @Test
    void turn_aboutTheWorkspace_isAnsweredByIt() {
        executor.next = new Outcome(0, "/w\n", "", false, Ending.FINISHED);

        var answer =
                chat.complete(request("auto", "{}", Sender.LOCAL, false, user("Where are we?")), new Cancellation());

        assertThat(answer).isInstanceOf(Whole.class);
        assertThat(world.texts("c")).containsExactly("Where are we?", "/w");
        var report = answer.report();
        assertThat(report.provider()).isEqualTo("local");
        assertThat(report.model()).isEqualTo("workspace");
        assertThat(report.costUsd()).isZero();
        assertThat(report.usage()).isEqualTo(Usage.WITHOUT_A_MODEL);
        assertThat(report.attempts()).isEmpty();
        assertThat(world.calls).isEmpty();
        assertThat(executor.plans
                        .getFirst()
                        .steps()
                        .getFirst()
                        .stages()
                        .getFirst()
                        .argv())
                .containsExactly("pwd");
        assertThat(Objects.requireNonNull(audit.entries().getFirst().conversation())
                        .id())
                .isEqualTo("c");
    }

    @Test
    void turn_thatIsStreamed_isAnsweredAlike() {
        var answer =
                chat.complete(request("auto", "{}", Sender.LOCAL, true, user("list the files")), new Cancellation());

        assertThat(answer).isInstanceOf(Streamed.class);
        assertThat(answer.report().provider()).isEqualTo("local");
        ((Streamed) answer).stream().close();
    }

    @Test
    void turn_thatIsForAModel_goesToOne() {
        assertThat(report(request("auto", "{}", Sender.LOCAL, false, user("Where are we in the process?")))
                        .provider())
                .isEqualTo("fake");
        assertThat(report(request("fake/small", "{}", Sender.LOCAL, false, user("where are we?")))
                        .provider())
                .isEqualTo("fake");
        assertThat(report(request("auto", "{\"tools\":[]}", Sender.LOCAL, false, user("where are we?")))
                        .provider())
                .isEqualTo("fake");
        assertThat(report(request("auto", "{\"response_format\":{}}", Sender.LOCAL, false, user("where are we?")))
                        .provider())
                .isEqualTo("fake");
        assertThat(report(request(
                                "auto",
                                "{}",
                                Sender.LOCAL,
                                false,
                                user("where are we?"),
                                assistant("Here."),
                                user("Thanks")))
                        .provider())
                .isEqualTo("fake");
        assertThat(executor.plans).isEmpty();
    }

    @Test
    void caller_withoutThePermission_isAnsweredByAModel() {
        var access = new Access("acme", EnumSet.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null);
        var sender = new Sender(new Caller("k", access), "default", null, null, Priority.NORMAL);

        assertThat(report(request("auto", "{}", sender, false, user("where are we?")))
                        .provider())
                .isEqualTo("fake");
        assertThat(executor.plans).isEmpty();
    }

    /** What the machine cannot answer, a model may. */
    @Test
    void command_thatFailsOrMayNotBeRun_leavesTheTurnToAModel() {
        executor.next = new Outcome(1, "", "No such file", false, Ending.FINISHED);
        assertThat(report(request("auto", "{}", Sender.LOCAL, false, user("read missing.txt")))
                        .provider())
                .isEqualTo("fake");
        assertThat(report(request("auto", "{}", Sender.LOCAL, false, user("read /etc/passwd.txt")))
                        .provider())
                .isEqualTo("fake");
        executor.failure = new CommandsUnavailable("sandbox_unavailable", "away", null);
        assertThat(report(request("auto", "{}", Sender.LOCAL, false, user("list the files")))
                        .provider())
                .isEqualTo("fake");
    }

    /** St.Louis and next.js look like files, and are none where there is no such file. */
    @Test
    void nameThatIsNotFound_isForAModel() {
        executor.next = new Outcome(0, "", "", false, Ending.FINISHED);
        for (String said : List.of("where is St.Louis?", "find next.js", "find pom.xml")) {
            assertThat(report(request("auto", "{}", Sender.LOCAL, false, user(said)))
                            .provider())
                    .isEqualTo("fake");
        }
    }

    @Test
    void nothingFound_isSaid() {
        executor.next = new Outcome(0, "", "", false, Ending.FINISHED);
        report(request("auto", "{}", Sender.LOCAL, false, user("list the folders")));
        assertThat(world.texts("c").getLast()).isEqualTo("There is nothing of that kind.");
        executor.next = new Outcome(0, "much", "", true, Ending.OUTPUT_LIMIT);
        report(request("auto", "{}", Sender.LOCAL, false, user("read README.md")));
        assertThat(world.texts("c").getLast()).startsWith("much").contains("left out");
    }
}
