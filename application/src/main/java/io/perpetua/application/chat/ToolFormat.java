package io.perpetua.application.chat;

import io.perpetua.application.commands.Outcome;
import io.perpetua.application.routing.ProviderReply.Event.Chunk;
import io.perpetua.domain.conversation.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes what concerns a tool in the wire's JSON. Driven port; pure; safe for concurrent use. */
public interface ToolFormat {

    /**
     * A request's parameters with a tool that runs command lines.
     *
     * @return null where it has no place: the client has a tool of that name, forces or forbids calls, wants several answers, or
     *     one of a form of its own
     */
    @Nullable
    String offer(String parameters, String name);

    /** Parameters with tools in them, by which none may be called any more. */
    String withoutCalls(String parameters);

    /** What a call asks for, by its arguments; null when they make no sense. */
    @Nullable
    Line line(String arguments);

    /** The tool's message about a command that was run. */
    Message ran(String callId, Outcome outcome, boolean recorded);

    /**
     * The tool's message about a command that was not run.
     *
     * @param kind its class, or another word for why
     */
    Message refused(String callId, String kind, String reason);

    /** A model's message without its calls of a tool. */
    Message without(Message message, String name);

    /** What a chunk carries. */
    Carried carried(String chunk);

    /** A chunk as one of the same answer that {@code first} is of. */
    Chunk like(String first, Chunk chunk);

    /** A chunk that carries text. */
    Chunk text(String first, String text);

    /** Chunks that carry the calls in a message; none where there are none. */
    List<Chunk> calls(String first, Message message);

    /**
     * A command line that a model wants run.
     *
     * @param folder where, seen from the workspace's root
     */
    record Line(String command, String folder) {

        /** Tells nothing of what is asked: it may get into logs. */
        @Override
        public String toString() {
            return "Line[" + command.length() + " characters]";
        }
    }

    /** What a chunk carries. */
    enum Carried {
        CALLS,
        TEXT,
        ELSE
    }
}
