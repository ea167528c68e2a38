package io.perpetua.domain.tokens;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.ToolCall;

/**
 * What chat messages cost, by the formula OpenAI publishes: each message 3 tokens and its role 1 besides its text, a
 * name 1 more than its text, and 3 to prime the reply. Messages are separated by special tokens that no encoding merges
 * across, so costs add up exactly and each message is counted once, when it is stored.
 *
 * <p>Source: OpenAI Cookbook, "How to count tokens with tiktoken".
 */
public record MessageTokens(TokenCounter counter) {

    /** Priming of the reply, once a request. */
    public static final int REPLY_PRIMING = 3;

    private static final int PER_MESSAGE = 4;
    private static final int PER_NAME = 1;
    /** A call's framing; measured by others, not published. */
    private static final int PER_TOOL_CALL = 6;

    /** Tokens of {@code message} with its overhead. */
    public int of(Message message) {
        int tokens = ofText(message.text());
        if (message.name() != null) {
            tokens += counter.count(message.name()) + PER_NAME;
        }
        for (ToolCall call : message.toolCalls()) {
            tokens += PER_TOOL_CALL + counter.count(call.name()) + counter.count(call.arguments());
        }
        for (Message.Media media : message.media()) {
            tokens += media.tokens();
        }
        return tokens;
    }

    /** Tokens of a plain message that says {@code text}, with its overhead. */
    public int ofText(String text) {
        return PER_MESSAGE + counter.count(text);
    }
}
