package io.perpetua.application.tokens;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.List;

/** Use case: count what a text or a list of messages costs a model. Safe for concurrent use. */
public final class CountTokens {

    private final Tokenizers tokenizers;

    public CountTokens(Tokenizers tokenizers) {
        this.tokenizers = tokenizers;
    }

    /** A count and the name of what counted. */
    public record Count(int tokens, String estimator) {}

    public Count ofText(String model, String text) {
        var tokenizer = tokenizers.forModel(model);
        return new Count(tokenizer.count(text), tokenizer.name());
    }

    /** Tokens of a request's messages, the reply's priming included. */
    public Count ofMessages(String model, List<Message> messages) {
        var tokenizer = tokenizers.forModel(model);
        var tokens = new MessageTokens(tokenizer);
        int sum = messages.stream().mapToInt(tokens::of).sum();
        return new Count(sum + MessageTokens.REPLY_PRIMING, tokenizer.name());
    }
}
