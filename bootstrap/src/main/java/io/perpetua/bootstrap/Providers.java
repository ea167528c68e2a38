package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.adapters.llm.wire.JsonMessageReader;
import io.perpetua.adapters.llm.wire.JsonMessageWriter;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.facts.FactExtractor;
import io.perpetua.application.routing.Offers;
import io.perpetua.domain.tokens.MessageTokens;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Who answers, by what the environment and the configuration say. */
@Factory
final class Providers {

    @Singleton
    @Bean(preDestroy = "close")
    Serving serving(
            Configuration start, MessageTokens tokens, Timeouts timeouts, Ids ids, InstantSource clock, Traces traces) {
        var reader = new OfferingReader(tokens.counter(), timeouts, ids, clock, traces::following);
        return new Serving(reader, tokens.counter(), start);
    }

    @Singleton
    Offers offers(Serving serving) {
        return serving.offers();
    }

    @Singleton
    Summarizers summarizers(Serving serving) {
        return serving.summarizers();
    }

    @Singleton
    FactExtractor factExtractor(Serving serving) {
        return serving.extractor();
    }

    @Singleton
    MessageReader messageReader() {
        return new JsonMessageReader();
    }

    @Singleton
    MessageWriter messageWriter() {
        return new JsonMessageWriter();
    }
}
