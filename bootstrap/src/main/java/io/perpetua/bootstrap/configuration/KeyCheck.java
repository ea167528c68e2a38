package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys that configure Perpetua. A key that nobody reads is a mistake, and silence about it would hide the mistake. */
final class ConfigurationKeys {

    /** Every key that is read, as a configuration file spells it; an asterisk stands for a name of the operator's choice. */
    static final List<String> KNOWN = Stream.concat(
                    LadderConfiguration.keys(),
                    Stream.of(
                            "perpetua.access.hosts",
                            "perpetua.access.keys_required",
                            "perpetua.access.trusted_proxies",
                            "perpetua.access.user_by_address",
                            "perpetua.admission.ageing",
                            "perpetua.admission.at_once",
                            "perpetua.admission.memory_at_once",
                            "perpetua.admission.memory_waiting",
                            "perpetua.admission.patience",
                            "perpetua.admission.per_user",
                            "perpetua.admission.waiting",
                            "perpetua.admission.waiting_per_user",
                            "perpetua.cache.enabled",
                            "perpetua.cache.entries",
                            "perpetua.cache.megabytes",
                            "perpetua.cache.ttl",
                            "perpetua.circuits.cool_down",
                            "perpetua.circuits.failure_rate",
                            "perpetua.circuits.key_refused",
                            "perpetua.circuits.minimum_calls",
                            "perpetua.circuits.open",
                            "perpetua.circuits.window",
                            "perpetua.data",
                            "perpetua.embedder",
                            "perpetua.host",
                            "perpetua.http.keep_alive_comments",
                            "perpetua.index",
                            "perpetua.limits.longest_answer",
                            "perpetua.limits.requests_per_day",
                            "perpetua.limits.requests_per_minute",
                            "perpetua.limits.tokens_per_day",
                            "perpetua.limits.tokens_per_minute",
                            "perpetua.limits.user.requests_per_day",
                            "perpetua.limits.user.requests_per_minute",
                            "perpetua.limits.user.tokens_per_day",
                            "perpetua.limits.user.tokens_per_minute",
                            "perpetua.memory.cached_share",
                            "perpetua.memory.recent_tokens",
                            "perpetua.memory.semantic_deadline",
                            "perpetua.mode.balanced_from",
                            "perpetua.mode.balanced_recent_turns",
                            "perpetua.mode.balanced_top_k",
                            "perpetua.mode.hysteresis",
                            "perpetua.mode.safe_from",
                            "perpetua.mode.safe_recent_turns",
                            "perpetua.mode.safe_top_k",
                            "perpetua.port",
                            "perpetua.prices.files",
                            "perpetua.providers.*.api_key",
                            "perpetua.providers.*.api_keys",
                            "perpetua.providers.*.base_url",
                            "perpetua.providers.*.dialect",
                            "perpetua.providers.*.models",
                            "perpetua.retries.attempts",
                            "perpetua.retries.delay",
                            "perpetua.retries.within",
                            "perpetua.routing.exploration",
                            "perpetua.routing.pinned_fallback",
                            "perpetua.stop_notice",
                            "perpetua.store",
                            "perpetua.summarizer.model",
                            "perpetua.timeouts.between_tokens",
                            "perpetua.timeouts.connect",
                            "perpetua.timeouts.first_token",
                            "perpetua.timeouts.rung",
                            "perpetua.timeouts.total",
                            "perpetua.token_budget.anchors_share",
                            "perpetua.token_budget.brief",
                            "perpetua.token_budget.completion",
                            "perpetua.token_budget.recalled",
                            "perpetua.token_budget.recent",
                            "perpetua.token_budget.system",
                            "perpetua.token_budget.total"))
            .toList();

    private static final String PROVIDERS = "perpetua.providers";

    /** What may have been meant: a key, or a section whose name is misspelt where it has no keys. */
    private static final List<String> KNOWN_AND_SECTIONS =
            Stream.concat(KNOWN.stream(), sections()).toList();

    /** What is there for the launcher and the log, which read the environment themselves. */
    private static final Set<String> ELSEWHERE = Set.of("perpetua-heap", "perpetua-log");

    /** The keys and sections that hold numbers alone. */
    private static final List<String> NUMBERS = List.of(
            "perpetua-cache-entries",
            "perpetua-cache-megabytes",
            "perpetua-circuits-failure-rate",
            "perpetua-circuits-minimum-calls",
            "perpetua-circuits-window",
            "perpetua-memory-cached-share",
            "perpetua-memory-recent-tokens",
            "perpetua-mode-",
            "perpetua-retries-attempts",
            "perpetua-routing-exploration",
            "perpetua-token-budget-");

    /** The keys and sections that hold durations alone. */
    private static final List<String> DURATIONS = List.of(
            "perpetua-cache-ttl",
            "perpetua-circuits-cool-down",
            "perpetua-circuits-key-refused",
            "perpetua-circuits-open",
            "perpetua-retries-delay",
            "perpetua-retries-within",
            "perpetua-timeouts-");

    /** How the keys end whose numbers need not be whole. */
    private static final List<String> FRACTIONS = List.of("-share", "-hysteresis", "-rate", "-exploration");

    /** As the framework reads them; none that is negative makes sense here. */
    private static final Pattern DURATION = Pattern.compile("\\d+(ns|us|ms|[smhd])|PT[^-]+");

    private static final String OURS = "perpetua-";

    private ConfigurationKeys() {}

    /**
     * Refuses what is set and never read, and numbers and durations that are none.
     *
     * @throws Complaint naming the key and the one that was probably meant
     */
    static void check(Environment environment) {
        for (PropertySource source : environment.getPropertySources()) {
            for (String key : source) {
                String plain = plain(key);
                if (plain.startsWith(OURS) && !ELSEWHERE.contains(plain) && !isKnown(plain)) {
                    throw unknown(key, plain, source.getConvention());
                }
                if (NUMBERS.stream().anyMatch(plain::startsWith)) {
                    checkNumber(key, plain, String.valueOf(source.get(key)));
                }
                if (DURATIONS.stream().anyMatch(plain::startsWith)) {
                    checkDuration(key, String.valueOf(source.get(key)));
                }
            }
        }
    }

    private static Stream<String> sections() {
        return KNOWN.stream()
                .map(key -> key.substring(0, key.lastIndexOf('.')))
                .map(section -> section.replace(".*", ""))
                .filter(section -> section.contains("."))
                .distinct();
    }

    /** Where a value cannot be read, the framework would go on with the default. */
    private static void checkNumber(String key, String plain, String value) {
        boolean fraction = FRACTIONS.stream().anyMatch(plain::endsWith);
        try {
            if (fraction) {
                Double.parseDouble(value);
            } else {
                Integer.parseInt(value);
            }
        } catch (NumberFormatException e) {
            throw new Complaint(key + ": expected a " + (fraction ? "" : "whole ") + "number, not " + value + ".");
        }
    }

    private static void checkDuration(String key, String value) {
        if (!DURATION.matcher(value).matches()) {
            throw new Complaint(key + ": expected a duration such as 30s, not " + value + ".");
        }
    }

    /** One spelling for all: keys differ in case, dots, dashes and underscores, and the environment has only the last. */
    static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-');
    }

    private static boolean isKnown(String plain) {
        return KNOWN.stream().anyMatch(each -> isSpelt(plain(each), plain));
    }

    /** Whether {@code plain} is the key {@code known}; the items of lists have keys of their own, which begin as the list's. */
    private static boolean isSpelt(String known, String plain) {
        int item = plain.indexOf('[');
        String key = item < 0 ? plain : plain.substring(0, item);
        int asterisk = known.indexOf('*');
        if (asterisk < 0) {
            return known.equals(key);
        }
        return key.startsWith(known.substring(0, asterisk))
                && key.endsWith(known.substring(asterisk + 1))
                && key.length() >= known.length();
    }

    private static Complaint unknown(String key, String plain, PropertyConvention convention) {
        if (plain.equals(plain(PROVIDERS))) {
            return new Complaint(
                    key + " is a section of named providers, such as " + PROVIDERS + ".openai.api_key, and no value.");
        }
        var keys = keysIn(key);
        if (!keys.isEmpty()) {
            return new Complaint(key + " is a section and no value; its keys are " + String.join(", ", keys) + ".");
        }
        String nearest = named(NearestKey.of(key, KNOWN_AND_SECTIONS), key);
        String meant = convention == PropertyConvention.ENVIRONMENT_VARIABLE
                ? nearest.replace('.', '_').toUpperCase(Locale.ROOT)
                : nearest;
        return new Complaint("There is no configuration key " + key + "; did you mean " + meant + "?");
    }

    /** What the section {@code key} may say; nothing if it is none. */
    private static List<String> keysIn(String key) {
        return KNOWN.stream()
                .filter(known -> isSection(known.substring(0, known.lastIndexOf('.')), key))
                .map(known -> known.substring(known.lastIndexOf('.') + 1))
                .toList();
    }

    /** Whether {@code key} is the section {@code known}; a variable does not tell where the name of a section ends. */
    private static boolean isSection(String known, String key) {
        return known.contains("*")
                ? isSpelt(plain(known), plain(key))
                        && parts(known).size() == parts(key).size()
                : plain(known).equals(plain(key));
    }

    private static List<String> parts(String key) {
        return List.of(key.split("\\.", -1));
    }

    /** The key {@code known} with the name that {@code key} has where there is to be one. */
    private static String named(String known, String key) {
        var parts = parts(key);
        var places = parts(known);
        return places.contains("*") && parts.size() == places.size()
                ? known.replace("*", parts.get(places.indexOf("*")))
                : known;
    }
}
