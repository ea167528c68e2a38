package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.perpetua.adapters.llm.anthropic.AnthropicDialect;
import io.perpetua.adapters.llm.gemini.GeminiDialect;
import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.HttpProvider;
import io.perpetua.adapters.llm.http.ProviderSettings;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.adapters.llm.offline.OfflineProvider;
import io.perpetua.adapters.llm.openai.OpenAiDialect;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.Offer;
import io.perpetua.bootstrap.Offering.Upstream;
import io.perpetua.bootstrap.ProviderConfiguration.Configured;
import io.perpetua.bootstrap.configuration.Key;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.bootstrap.configuration.Quote;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.tokens.TokenCounter;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who answers. What it makes takes no connection and no thread before it is asked. */
final class OfferingReader {

    private final TokenCounter counter;
    private final Timeouts timeouts;
    private final Ids ids;
    private final InstantSource clock;
    private final Follower follower;

    /**
     * A reader.
     *
     * @param counter counts what the offline model reads and writes
     * @param follower sees what becomes of the calls
     */
    OfferingReader(TokenCounter counter, Timeouts timeouts, Ids ids, InstantSource clock, Follower follower) {
        this.counter = counter;
        this.timeouts = timeouts;
        this.ids = ids;
        this.clock = clock;
        this.follower = follower;
    }

    /** Sees what becomes of calls. */
    interface Follower {

        /**
         * The same provider, followed.
         *
         * @param address where it is, null where it is in this process
         */
        ChatProvider following(ChatProvider provider, @Nullable URI address);
    }

    /**
     * Reads who answers.
     *
     * @param inForce the providers that are on so far: who stays where it was keeps its connections, and what is known of
     *     its keys
     * @param mistakes is told what is wrong
     * @return null where anything is
     */
    @Nullable
    Offering read(Environment environment, ModelTable table, Map<String, Upstream> inForce, Mistakes mistakes) {
        var settings = new Settings(environment);
        var configuration = new ProviderConfiguration(environment, table, mistakes);
        var upstreams = new LinkedHashMap<String, Upstream>();
        for (Configured each : configuration.read()) {
            upstreams.put(
                    each.known().name(),
                    upstream(each, table, inForce.get(each.known().name())));
        }
        var providers = new ArrayList<ChatProvider>();
        upstreams
                .values()
                .forEach(upstream -> providers.add(follower.following(
                        upstream.provider(), upstream.configured().baseUrl())));
        providers.add(follower.following(new OfflineProvider(counter, ids, clock), null));
        var models = new Models(providers, table::of);
        var ladders = new LadderConfiguration(settings, models, configuration.names(), mistakes).read();
        var summarizer = background(Keys.SUMMARIZER_MODEL, settings, models, mistakes);
        var extractor = background(Keys.FACTS_EXTRACTOR_MODEL, settings, models, mistakes);
        return mistakes.sentences().isEmpty()
                ? new Offering(new Offer(models, ladders), upstreams, summarizer, extractor)
                : null;
    }

    private Upstream upstream(Configured next, ModelTable table, @Nullable Upstream before) {
        if (before != null && before.configured().isAskedLike(next)) {
            return new Upstream(next, before.provider().offering(next.models()));
        }
        var settings = new ProviderSettings(next.known().name(), next.baseUrl(), next.keys(), next.models(), timeouts);
        return new Upstream(next, new HttpProvider(settings, dialect(next, table), clock));
    }

    private Dialect dialect(Configured provider, ModelTable table) {
        return switch (provider.dialect()) {
            case "anthropic" -> new AnthropicDialect(table.claudes(), clock);
            case "gemini" -> new GeminiDialect(ids, clock);
            default ->
                new OpenAiDialect(provider.known().quirksAt(provider.baseUrl().toString()));
        };
    }

    /** Who works in the background. Nothing follows for that from a provider about which something is wrong. */
    private static @Nullable Target background(Key<String> key, Settings settings, Models models, Mistakes mistakes) {
        String model = settings.find(key);
        if (model == null) {
            return null;
        }
        try {
            return models.target(model);
        } catch (RequestRefused e) {
            if (!mistakes.concern("perpetua.providers")) {
                mistakes.unfit(key.full(), "a model that a provider serves that is on", Quote.of(model));
            }
            return null;
        }
    }
}
