package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import io.perpetua.adapters.llm.anthropic.AnthropicDialect;
import io.perpetua.adapters.llm.brief.ModelSummarizer;
import io.perpetua.adapters.llm.gemini.GeminiDialect;
import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.HttpProvider;
import io.perpetua.adapters.llm.http.ProviderSettings;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.adapters.llm.offline.OfflineProvider;
import io.perpetua.adapters.llm.openai.OpenAiDialect;
import io.perpetua.adapters.llm.wire.JsonMessageReader;
import io.perpetua.adapters.llm.wire.JsonMessageWriter;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.brief.ExtractiveSummarizer;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.Models;
import io.perpetua.bootstrap.ProviderConfiguration.Configured;
import io.perpetua.bootstrap.prices.PriceFiles;
import io.perpetua.domain.tokens.MessageTokens;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Who answers, by what the environment and the configuration say. */
@Factory
final class Providers {

    /**
     * What is known of models.
     *
     * @param files price lists, a later one before an earlier one
     */
    @Singleton
    ModelTable modelTable(@Nullable @Property(name = "perpetua.prices.files") List<Path> files, InstantSource clock) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return ModelTable.load(files == null ? PriceFiles.NONE : PriceFiles.read(files, today));
    }

    @Singleton
    @Bean(preDestroy = "close")
    Upstreams upstreams(Environment environment, ModelTable table, Timeouts timeouts, Ids ids, InstantSource clock) {
        var providers = new ArrayList<HttpProvider>();
        for (Configured each : new ProviderConfiguration(environment, table).read()) {
            var settings =
                    new ProviderSettings(each.known().name(), each.baseUrl(), each.keys(), each.models(), timeouts);
            providers.add(new HttpProvider(settings, dialect(each, table, ids, clock), clock));
        }
        return new Upstreams(providers);
    }

    private static Dialect dialect(Configured provider, ModelTable table, Ids ids, InstantSource clock) {
        return switch (provider.dialect()) {
            case "openai" ->
                new OpenAiDialect(provider.known().quirksAt(provider.baseUrl().toString()));
            case "anthropic" -> new AnthropicDialect(table.claudes(), clock);
            case "gemini" -> new GeminiDialect(ids, clock);
            default ->
                throw new Complaint("perpetua.providers." + provider.known().name()
                        + ".dialect: expected openai, anthropic or gemini, not " + provider.dialect() + ".");
        };
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
    Models models(Upstreams upstreams, ModelTable table, MessageTokens tokens, Ids ids, InstantSource clock) {
        var providers = new ArrayList<ChatProvider>(upstreams.providers());
        providers.add(new OfflineProvider(tokens.counter(), ids, clock));
        return new Models(providers, table::of);
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

    /** The configured providers, the preferred one first. */
    record Upstreams(List<HttpProvider> providers) implements AutoCloseable {

        @Override
        public void close() {
            providers.forEach(HttpProvider::close);
        }
    }
}
