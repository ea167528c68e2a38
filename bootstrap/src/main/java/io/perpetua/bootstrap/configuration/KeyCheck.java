package io.perpetua.bootstrap.configuration;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether what is set are keys that are there, and values of their kinds. A key that nobody reads is a mistake, and
 * silence about it would hide the mistake; where a value cannot be read, the framework would go on with the default.
 */
public final class KeyCheck {

    private static final String OURS = "perpetua-";
    private static final String PROVIDERS = "perpetua.providers";

    /** What is there for the launcher and the log, which read the environment themselves. */
    private static final Set<String> ELSEWHERE = Set.of("perpetua-heap", "perpetua-log");

    private static final List<String> KNOWN =
            Keys.all().stream().map(Key::full).sorted().toList();

    /** What may have been meant: a key, or a section whose name is misspelt where it has no keys. */
    private static final List<String> KNOWN_AND_SECTIONS =
            Stream.concat(KNOWN.stream(), sections()).toList();

    private final Environment environment;
    private final Mistakes mistakes;

    private KeyCheck(Environment environment, Mistakes mistakes) {
        this.environment = environment;
        this.mistakes = mistakes;
    }

    /** Tells {@code mistakes} of every key that is unknown, and every value that its key may not have. */
    public static void check(Environment environment, Mistakes mistakes) {
        var check = new KeyCheck(environment, mistakes);
        for (PropertySource source : environment.getPropertySources()) {
            for (String key : source) {
                String plain = Key.plain(key);
                if (plain.startsWith(OURS) && !ELSEWHERE.contains(plain) && !Keys.isVariable(key)) {
                    check.look(key, plain, source);
                }
            }
        }
    }

    private void look(String spelt, String plain, PropertySource source) {
        var key = Keys.all().stream()
                .filter(each -> isSpelt(each.plain(), plain))
                .findFirst()
                .orElse(null);
        if (key == null) {
            unknown(spelt, plain, source.getConvention());
        } else if (plain.indexOf('[') < 0) { // the whole list stands beside its items
            look(spelt, key, source.get(spelt));
        }
    }

    private void look(String spelt, Key<?> key, @Nullable Object value) {
        try {
            Object meant = meant(value);
            if (meant == null || meant.toString().isBlank()) {
                if (!key.kind().mayBeBlank()) {
                    mistakes.unfit(spelt, key.kind().expected(), "nothing");
                }
            } else if (key.kind().read(meant) == null) {
                mistakes.unfit(spelt, key.kind().expected(), key.kind().told(meant));
            }
        } catch (ConfigurationException e) {
            mistakes.add(spelt, "it refers to something that is not set");
        }
    }

    /** The value with what it refers to in its place. */
    private @Nullable Object meant(@Nullable Object value) {
        return switch (value) {
            case String text -> environment.getPlaceholderResolver().resolveRequiredPlaceholders(text);
            case Collection<?> items -> {
                items.forEach(this::meant);
                yield items;
            }
            case null, default -> value;
        };
    }

    private static Stream<String> sections() {
        return KNOWN.stream()
                .map(key -> key.substring(0, key.lastIndexOf('.')))
                .map(section -> section.replace(".*", ""))
                .filter(section -> section.contains("."))
                .distinct();
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

    private void unknown(String key, String plain, PropertyConvention convention) {
        if (plain.equals(Key.plain(PROVIDERS))) {
            mistakes.told(
                    key,
                    key + " is a section of named providers, such as " + PROVIDERS + ".openai.api_key, and no value.");
            return;
        }
        var keys = keysIn(key);
        if (!keys.isEmpty()) {
            mistakes.told(key, key + " is a section and no value; its keys are " + String.join(", ", keys) + ".");
            return;
        }
        String nearest = named(NearestKey.of(key, KNOWN_AND_SECTIONS), key);
        String meant = convention == PropertyConvention.ENVIRONMENT_VARIABLE
                ? nearest.replace('.', '_').toUpperCase(Locale.ROOT)
                : nearest;
        mistakes.told(key, "There is no configuration key " + key + "; did you mean " + meant + "?");
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
                ? isSpelt(Key.plain(known), Key.plain(key))
                        && parts(known).size() == parts(key).size()
                : Key.plain(known).equals(Key.plain(key));
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
