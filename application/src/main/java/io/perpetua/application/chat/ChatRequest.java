package io.perpetua.application.chat;

import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.routing.Models;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One chat request, as its client meant it.
 *
 * @param sender who asks
 * @param conversationId which conversation, null to recognise it by its history
 * @param model {@code auto}, {@code provider/model}, or a bare name
 * @param messages what the client sent, in order, not empty
 * @param parameters a JSON object of every field of the request that is neither ours nor {@code model}, {@code messages}
 *     or {@code stream}
 * @param choices how many answers the client wants, at least 1
 * @param longestAnswer most tokens that the client wants of each; null when it does not say
 * @param stream whether the client wants the answer in pieces
 * @param wantsUsage whether a streaming client asked for the usage chunk
 * @param memory what the client wants of the memory
 * @param cache what the client wants of the response cache
 */
public record ChatRequest(
        Sender sender,
        @Nullable String conversationId,
        String model,
        List<Message> messages,
        String parameters,
        int choices,
        @Nullable Integer longestAnswer,
        boolean stream,
        boolean wantsUsage,
        MemoryOptions memory,
        CacheUse cache) {

    private static final Pattern TOOLS = Pattern.compile("\"(tools|functions|json_schema)\"\\s*:");

    public ChatRequest {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("no messages");
        }
        messages = List.copyOf(messages);
    }

    /** Whose conversation it belongs to. */
    public Scope scope() {
        return sender.scope();
    }

    /** Most tokens of all its answers together, of {@code usual} each where it sets no bound itself. */
    long mostGenerated(int usual) {
        return (long) choices * (longestAnswer == null ? usual : longestAnswer);
    }

    /** The same with other parameters. */
    ChatRequest with(String other) {
        return new ChatRequest(
                sender,
                conversationId,
                model,
                messages,
                other,
                choices,
                longestAnswer,
                stream,
                wantsUsage,
                memory,
                cache);
    }

    /** The same with a bound to each answer, for one that has none. */
    ChatRequest boundedBy(int tokens) {
        String bound = "{\"max_completion_tokens\":" + tokens;
        String rest = parameters.strip().substring(1).stripLeading();
        return new ChatRequest(
                sender,
                conversationId,
                model,
                messages,
                bound + (rest.startsWith("}") ? "" : ",") + rest,
                choices,
                tokens,
                stream,
                wantsUsage,
                memory,
                cache);
    }

    /**
     * Whether the parameters describe tools, functions or a schema, which providers write into the prompt: then their
     * JSON is what they are taken to cost, which is a little more than most providers make of it.
     */
    boolean describesTools() {
        return TOOLS.matcher(parameters).find();
    }

    /** Whether plain text will do as an answer, and who gives it is left open. */
    boolean takesPlainText() {
        return model.equals(Models.AUTO)
                && choices == 1
                && !describesTools()
                && !parameters.contains("\"response_format\"");
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "ChatRequest[" + model + ", " + messages.size() + " messages]";
    }
}
