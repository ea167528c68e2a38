package io.perpetua.application.tokens;

/** Knows which tokenizer counts for a model. Driven port; safe for concurrent use. */
public interface Tokenizers {

    /**
     * The tokenizer of {@code model}, or the nearest there is: every name gets an answer, the empty one included. Never
     * fails: where no vocabulary can be loaded, the answer is the estimate by words.
     *
     * @param model a model's name as a client or a provider writes it, {@code provider/model} included
     */
    Tokenizer forModel(String model);
}
