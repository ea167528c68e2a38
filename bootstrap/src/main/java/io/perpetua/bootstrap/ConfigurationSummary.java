package io.perpetua.bootstrap;

import io.perpetua.application.access.Limits;
import io.perpetua.application.routing.Ladders;
import io.perpetua.bootstrap.Offering.Upstream;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Quote;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.access.Rates;
import io.perpetua.domain.routing.Intent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a configuration comes to, for people, without the keys that are in it. */
final class ConfigurationSummary {

    private ConfigurationSummary() {}

    /** The lines of it. */
    static List<String> of(ConfigurationSource source, Settings settings, Offering offering) {
        var lines = new ArrayList<String>();
        lines.add("No mistakes in "
                + (source.hasFile() ? source.file() + " and the environment." : "the environment; there is no file."));
        lines.add(line("listens on", settings.get(Keys.HOST) + ":" + settings.get(Keys.PORT)));
        lines.add(line(
                "at once",
                settings.get(Keys.AT_ONCE) + " chats, " + settings.get(Keys.PER_USER) + " of a user; "
                        + settings.get(Keys.WAITING) + " may wait"));
        lines.add(line("limits", limits(LimitsInForce.read(settings))));
        lines.add(line("data", settings.get(Keys.DATA)));
        lines.add(line("store", store(settings)));
        lines.add(line(
                "index",
                settings.get(Keys.INDEX)
                        + SharedIndex.find(settings)
                                .map(shared -> ", " + shared)
                                .orElse("")));
        lines.add(line("embedder", settings.get(Keys.EMBEDDER)));
        var summarizer = offering.summarizer();
        lines.add(line(
                "briefs",
                summarizer == null
                        ? "extracted"
                        : "written by " + summarizer.model().id()));
        lines.add(line("providers", offering.upstreams().isEmpty() ? "none; the offline model answers" : ""));
        offering.upstreams().values().forEach(upstream -> lines.add(provider(upstream)));
        lines.add(line("ladders", ""));
        for (Intent intent : Intent.values()) {
            lines.add("  " + intent.wire() + ": " + ladder(offering.offer().ladders(), intent));
        }
        return lines;
    }

    private static String store(Settings settings) {
        String store = settings.get(Keys.STORE);
        return store.equals("redis") ? "redis at " + Quote.urls(settings.get(Keys.REDIS_URL)) : store;
    }

    private static String limits(Limits limits) {
        var parts = new ArrayList<String>();
        rates(parts, "a key", limits.key());
        rates(parts, "a user", limits.user());
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static void rates(List<String> parts, String whose, Rates rates) {
        rate(parts, whose, rates.requestsPerMinute(), "requests a minute");
        rate(parts, whose, rates.requestsPerDay(), "requests a day");
        rate(parts, whose, rates.tokensPerMinute(), "tokens a minute");
        rate(parts, whose, rates.tokensPerDay(), "tokens a day");
    }

    private static void rate(List<String> parts, String whose, @Nullable Long most, String what) {
        if (most != null) {
            parts.add(whose + " " + most + " " + what);
        }
    }

    private static String line(String what, String value) {
        return (what + ": " + value).strip();
    }

    private static String provider(Upstream upstream) {
        var configured = upstream.configured();
        return "  " + configured.known().name() + ": " + configured.dialect() + " at " + plain(configured.baseUrl())
                + ", " + count(configured.keys().size(), "key") + ", "
                + count(configured.models().size(), "model");
    }

    /** Without a query, in which there may be a key. */
    private static String plain(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String ladder(Ladders ladders, Intent intent) {
        return ladders.of(intent).stream().map(target -> target.model().id()).collect(Collectors.joining(", "));
    }
}
