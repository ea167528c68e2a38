package io.perpetua.application.chat;

import io.perpetua.application.cache.CompletionFormat;
import io.perpetua.application.commands.AuditLog.Who;
import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.application.commands.Outcome;
import io.perpetua.application.commands.RunCommands;
import io.perpetua.application.commands.RunCommands.Command;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.ToolCall;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tool that models are lent: by it they have command lines run, under the same policy and in the same account as
 * everybody. Only a call of it, as the wire has calls, makes anything run; never what stands in a text. Safe for concurrent
 * use.
 *
 * @param name what it is called
 * @param rounds how often it may be called, one time after the other, for one answer
 */
public record CommandTool(
        String name,
        int rounds,
        RunCommands commands,
        ToolFormat format,
        CompletionFormat completions,
        MessageWriter writer,
        Supplier<String> ids,
        InstantSource clock) {

    /** Calls at once, of which more are not made by models that mean well. */
    private static final int MOST_AT_ONCE = 16;

    /** Characters of what was printed that a model is shown: more would fill its window. */
    private static final int MOST_SHOWN = 20_000;

    /** The same request with the tool, where its sender may have commands run and it has a place. */
    ChatRequest offered(ChatRequest request) {
        if (request.choices() > 1 || !request.sender().caller().may(Permission.COMMANDS)) {
            return request;
        }
        String parameters = format.offer(request.parameters(), name);
        return parameters == null ? request : request.with(parameters);
    }

    boolean isCalledBy(ToolCall call) {
        return call.name().equals(name);
    }

    /** Runs what is asked for, in order; the tool's messages about it. */
    List<Message> run(List<ToolCall> calls, PreparedTurn turn) {
        var reports = new ArrayList<Message>();
        for (ToolCall call : calls) {
            reports.add(
                    reports.size() < MOST_AT_ONCE
                            ? run(call, turn)
                            : format.refused(call.id(), "blocked", "too many commands at once"));
        }
        return reports;
    }

    private Message run(ToolCall call, PreparedTurn turn) {
        var line = format.line(call.arguments());
        if (line == null) {
            return format.refused(call.id(), "blocked", "the arguments are to be an object with the text 'command'");
        }
        var sender = turn.request().sender();
        var who = new Who(sender.caller().key(), sender.caller().access().tenant(), sender.user());
        var dialogue = turn.dialogue();
        try {
            var result = commands.run(
                    new Command(who, line.command(), line.folder(), dialogue == null ? null : dialogue.key()));
            var outcome = result.outcome();
            var judged = result.judgement();
            return outcome == null
                    ? format.refused(call.id(), judged.kind().wire(), judged.reason())
                    : format.ran(call.id(), shown(outcome), result.recorded());
        } catch (CommandsUnavailable e) {
            return format.refused(call.id(), "unavailable", String.valueOf(e.getMessage()));
        }
    }

    private static Outcome shown(Outcome outcome) {
        boolean cut = outcome.stdout().length() > MOST_SHOWN || outcome.stderr().length() > MOST_SHOWN;
        return cut
                ? new Outcome(outcome.exitCode(), cut(outcome.stdout()), cut(outcome.stderr()), true, outcome.ending())
                : outcome;
    }

    private static String cut(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN / 2));
    }
}
