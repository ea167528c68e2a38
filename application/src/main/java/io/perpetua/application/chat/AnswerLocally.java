package io.perpetua.application.chat;

import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.application.cache.CompletionFormat;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.commands.AuditLog.Who;
import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.application.commands.Outcome;
import io.perpetua.application.commands.RunCommands;
import io.perpetua.application.commands.RunCommands.Command;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.commands.LocalRequest;
import io.perpetua.domain.commands.LocalRequest.Kind;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.usage.Usage;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: answer a turn that is about the workspace and nothing else, such as where it is or which files are in it, by
 * looking there. No model is asked. What cannot be answered like this is left to them. Safe for concurrent use.
 */
public final class AnswerLocally {

    /** Who such an answer is from. */
    static final String PROVIDER = "local";

    /** What stands where a model's name would. */
    static final String MODEL = "workspace";

    private final RunCommands commands;
    private final CompletionFormat format;
    private final ReuseAnswers answers;
    private final MessageWriter writer;
    private final Supplier<String> ids;
    private final InstantSource clock;

    /**
     * Answers by looking into the workspace.
     *
     * @param answers gives a completion as its provider would
     */
    public AnswerLocally(
            RunCommands commands,
            CompletionFormat format,
            ReuseAnswers answers,
            MessageWriter writer,
            Supplier<String> ids,
            InstantSource clock) {
        this.commands = commands;
        this.format = format;
        this.answers = answers;
        this.writer = writer;
        this.ids = ids;
        this.clock = clock;
    }

    /** The answer to a turn whose client takes plain text; null when it is for a model. */
    @Nullable
    Answering answer(PreparedTurn turn, Cancellation cancellation) {
        var request = turn.request();
        var last = request.messages().getLast();
        if (!request.sender().caller().may(Permission.COMMANDS)
                || last.role() != Role.USER
                || !last.media().isEmpty()) {
            return null;
        }
        var wanted = LocalRequest.of(last.text());
        String found = wanted == null ? null : cancellation.whileWaiting(() -> look(wanted, turn));
        return found == null ? null : answering(found, request.stream());
    }

    private @Nullable String look(LocalRequest wanted, PreparedTurn turn) {
        var sender = turn.request().sender();
        var who = new Who(sender.caller().key(), sender.caller().access().tenant(), sender.user());
        var dialogue = turn.dialogue();
        try {
            var result =
                    commands.run(new Command(who, wanted.commandLine(), ".", dialogue == null ? null : dialogue.key()));
            return result.outcome() == null ? null : told(wanted, result.outcome());
        } catch (CommandsUnavailable e) {
            return null; // a model may know better
        }
    }

    private static @Nullable String told(LocalRequest wanted, Outcome outcome) {
        String text = outcome.stdout().stripTrailing();
        if (text.isEmpty() && (outcome.exitCode() != 0 || wanted.kind() == Kind.FINDING)) {
            return null; // what is not here may be something else that a model knows, as St.Louis is
        }
        if (text.isEmpty()) {
            return wanted.kind() == Kind.READING ? "The file is empty." : "There is nothing of that kind.";
        }
        return outcome.truncated() ? text + "\n\n(There is more, which is left out.)" : text;
    }

    private Answering answering(String text, boolean stream) {
        Message message = writer.compose(Role.ASSISTANT, text);
        var answer = new Answer(message, "stop", Usage.WITHOUT_A_MODEL, MODEL, null);
        String completion = format.write("chatcmpl-" + ids.get(), clock.instant(), MODEL, answer);
        var replayed = CachedAnswering.of(
                answers.replay(new CachedAnswer(completion, PROVIDER, MODEL), stream), PROVIDER, MODEL);
        return new LocalAnswering(replayed);
    }
}
