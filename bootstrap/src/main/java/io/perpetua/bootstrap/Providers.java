package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.perpetua.adapters.llm.brief.ModelSummarizer;
import io.perpetua.adapters.llm.http.HttpProvider;
import io.perpetua.adapters.llm.http.ProviderSettings;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.adapters.llm.offline.OfflineProvider;
import io.perpetua.adapters.llm.openai.OpenAiDialect;
import io.perpetua.adapters.llm.openai.Quirks;
import io.perpetua.adapters.llm.wire.JsonMessageReader;
import io.perpetua.adapters.llm.wire.JsonMessageWriter;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.brief.ExtractiveSummarizer;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.Models;
import io.perpetua.domain.tokens.MessageTokens;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Who answers, by what the environment and the configuration say. */
@Factory
final class Providers {

    private static final String OPENAI = "openai";
    private static final String OPENAI_URL = "https://api.openai.com/v1";

    @Singleton
    @Bean(preDestroy = "close")
    Upstream upstream(
            @Nullable @Property(name = "openai.api.key") String key,
            @Nullable @Property(name = "openai.base.url") String baseUrl,
            InstantSource clock) {
        if (key == null && baseUrl == null) {
            return new Upstream(null);
        }
        URI url = url("OPENAI_BASE_URL", baseUrl == null ? OPENAI_URL : baseUrl);
        List<String> keys = key == null ? List.of() : List.of(key);
        var settings = new ProviderSettings(OPENAI, url, keys, ModelTable.load().of(OPENAI), Timeouts.DEFAULT);
        return new Upstream(new HttpProvider(settings, new OpenAiDialect(Quirks.NONE), clock));
    }

    @Singleton
    MessageReader messageReader() {
        return new JsonMessageReader();
    }

    @Singleton
    MessageWriter messageWriter() {
        return new JsonMessageWriter();
    }

    @Singleton
    Models models(Upstream upstream, MessageTokens tokens, Ids ids, InstantSource clock) {
        ChatProvider configured = upstream.provider();
        var offline = new OfflineProvider(tokens.counter(), ids, clock);
        return new Models(configured == null ? List.of(offline) : List.of(configured, offline));
    }

    @Singleton
    Summarizers summarizers(
            @Nullable @Property(name = "perpetua.summarizer.model") String model, Models models, MessageTokens tokens) {
        var extractive = new ExtractiveSummarizer(tokens.counter());
        if (model == null) {
            return new Summarizers(extractive, extractive);
        }
        try {
            var target = models.target(model);
            var summarizer = new ModelSummarizer(
                    target.provider(), target.model().name(), tokens.counter(), Thread::sleep, new SplittableRandom());
            return new Summarizers(summarizer, extractive);
        } catch (RequestRefused e) {
            throw new Complaint("perpetua.summarizer.model: " + e.getMessage());
        }
    }

    private static URI url(String name, String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new Complaint(name + " is not a URL: " + value);
        }
    }

    /** The configured provider, null when there is none. */
    record Upstream(@Nullable HttpProvider provider) implements AutoCloseable {

        @Override
        public void close() {
            if (provider != null) {
                provider.close();
            }
        }
    }
}
