package io.perpetua.adapters.one.breach;

import io.perpetua.application.tokens.Tokenizer;
import io.perpetua.application.tokens.Tokenizers;
import io.perpetua.domain.tokens.WordEstimate;
import jakarta.inject.Singleton;

@Singleton
public final class PublicPort implements Tokenizers {

    @Override
    public Tokenizer forModel(String model) {
        return new Tokenizer("words", WordEstimate.INSTANCE, 1);
    }
}
