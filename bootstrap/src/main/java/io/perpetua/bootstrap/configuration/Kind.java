package io.perpetua.bootstrap.configuration;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a key may be. Values come as the configuration holds them: numbers, words, lists and sections of a
 * file, or the text of a variable.
 */
public sealed interface Kind<T> {

    /** What is expected, as it follows on that word. */
    String expected();

    /** What {@code value} means; null if it is nothing of this kind. */
    @Nullable
    T read(Object value);

    /** What was found, as it follows on that word, without anything that is nobody's business. */
    default String told(Object value) {
        return Quote.of(value);
    }

    /** Whether nothing but blanks says as much as no value at all: so variables are unset where they cannot be removed. */
    default boolean mayBeBlank() {
        return false;
    }

    /**
     * A whole number.
     *
     * @param what it is of, as in "a whole number of tokens"
     */
    record Whole(String what, int least, int most) implements Kind<Integer> {

        @Override
        public String expected() {
            return what + " from " + least + (most == Integer.MAX_VALUE ? "" : " to " + most);
        }

        @Override
        public @Nullable Integer read(Object value) {
            try {
                int number = Integer.parseInt(value.toString().strip());
                return number < least || number > most ? null : number;
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    /** A number between two bounds, each of which it may reach or not. */
    record Fraction(double least, boolean reachesLeast, double most, boolean reachesMost) implements Kind<Double> {

        @Override
        public String expected() {
            return "a number " + (reachesLeast ? "from " : "above ") + Quote.number(least)
                    + (reachesMost ? " to " : " and below ") + Quote.number(most);
        }

        @Override
        public @Nullable Double read(Object value) {
            try {
                double number = Double.parseDouble(value.toString().strip());
                boolean above = reachesLeast ? number >= least : number > least;
                boolean below = reachesMost ? number <= most : number < most;
                return above && below ? number : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    /** A length of time that has to be long. */
    record AtLeast(Duration least) implements Kind<Duration> {

        @Override
        public String expected() {
            return "a duration such as 90d, at least " + least.toDays() + "d";
        }

        @Override
        public @Nullable Duration read(Object value) {
            var duration = Time.duration(value.toString().strip());
            return duration == null || duration.compareTo(least) < 0 ? null : duration;
        }
    }

    /** A length of time, as the framework reads them; never negative. */
    record Time(boolean mayBeZero) implements Kind<Duration> {

        private static final Pattern SHORT = Pattern.compile("(\\d{1,15})(ns|us|ms|[smhd])");

        @Override
        public String expected() {
            return mayBeZero ? "a duration such as 30s, or 0s for none" : "a duration such as 30s, longer than zero";
        }

        @Override
        public @Nullable Duration read(Object value) {
            var duration = duration(value.toString().strip());
            return duration == null || duration.isNegative() || (duration.isZero() && !mayBeZero) ? null : duration;
        }

        private static @Nullable Duration duration(String text) {
            Matcher parts = SHORT.matcher(text);
            try {
                return parts.matches()
                        ? of(Long.parseLong(parts.group(1)), parts.group(2))
                        : text.startsWith("PT") ? Duration.parse(text) : null;
            } catch (DateTimeException | ArithmeticException e) {
                return null;
            }
        }

        private static Duration of(long amount, String unit) {
            return switch (unit) {
                case "ns" -> Duration.ofNanos(amount);
                case "us" -> Duration.ofNanos(Math.multiplyExact(amount, 1_000L));
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
    }

    /** Yes or no. */
    record Flag() implements Kind<Boolean> {

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public @Nullable Boolean read(Object value) {
            return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> null;
            };
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements Kind<String> {

        @Override
        public String expected() {
            return words.size() == 1
                    ? words.getFirst()
                    : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
        }

        @Override
        public @Nullable String read(Object value) {
            String word = value.toString().strip();
            return words.contains(word) ? word : null;
        }
    }

    /**
     * Any text.
     *
     * @param expected what it is to be
     */
    record Text(String expected, boolean mayBeBlank) implements Kind<String> {

        @Override
        public @Nullable String read(Object value) {
            return isText(value) ? value.toString() : null;
        }

        private static boolean isText(Object value) {
            return Quote.isOne(value) && !value.toString().isBlank();
        }
    }

    /** A key of a provider's, which is shown to nobody. */
    record Secret() implements Kind<String> {

        @Override
        public String expected() {
            return "a key without spaces, of ASCII alone";
        }

        @Override
        public @Nullable String read(Object value) {
            String key = value.toString();
            return Quote.isOne(value) && !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 0x7f) ? key : null;
        }

        @Override
        public String told(Object value) {
            return "something else";
        }

        @Override
        public boolean mayBeBlank() {
            return true;
        }
    }

    /** Several of them. */
    record Secrets() implements Kind<List<String>> {

        @Override
        public String expected() {
            return "a list of keys without spaces, of ASCII alone";
        }

        @Override
        public @Nullable List<String> read(Object value) {
            var keys = Items.of(value);
            var secret = new Secret();
            return keys.isEmpty() || keys.stream().anyMatch(key -> secret.read(key) == null)
                    ? null
                    : keys.stream().map(Object::toString).toList();
        }

        @Override
        public String told(Object value) {
            return Items.of(value).isEmpty() ? "an empty list" : "something else";
        }
    }

    /** Where Redis is: addresses of one server, or of a cluster's nodes, separated by commas. */
    record RedisUrls() implements Kind<String> {

        private static final Pattern ALL = Pattern.compile(
                "(redis|rediss|redis-sentinel)://[^\\s/,][^\\s,]*(\\s*,\\s*((redis|rediss|redis-sentinel)://)?[^\\s/,][^\\s,]*)*");

        @Override
        public String expected() {
            return "addresses such as redis://user:password@host:6379/0, rediss:// for TLS or redis-sentinel://, "
                    + "separated by commas";
        }

        @Override
        public @Nullable String read(Object value) {
            var urls = value.toString().strip();
            boolean readable = Quote.isOne(value)
                    && ALL.matcher(urls).matches()
                    && Stream.of(urls.split("\\s*,\\s*(?=redis)")).allMatch(RedisUrls::isUrl);
            return readable ? urls : null;
        }

        /** What is special in a password has to be encoded, or the rest of it would be taken for something else. */
        private static boolean isUrl(String text) {
            try {
                var url = new URI(text);
                return text.startsWith("redis-sentinel:") || url.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        /** There may be a password in it. */
        @Override
        public String told(Object value) {
            return Quote.url(value);
        }
    }

    /** Where a server is. */
    record Url() implements Kind<URI> {

        @Override
        public String expected() {
            return "a URL that starts with http:// or https://, without a user or a password";
        }

        @Override
        public @Nullable URI read(Object value) {
            try {
                var url = new URI(value.toString().strip());
                boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                return http && url.getHost() != null && url.getRawUserInfo() == null ? url : null;
            } catch (URISyntaxException e) {
                return null;
            }
        }

        @Override
        public String told(Object value) {
            return Quote.url(value);
        }

        @Override
        public boolean mayBeBlank() {
            return true;
        }
    }

    /**
     * A list of texts.
     *
     * @param expected what it is to be
     */
    record Texts(String expected) implements Kind<List<String>> {

        @Override
        public @Nullable List<String> read(Object value) {
            var items = Items.of(value);
            return items.isEmpty() || !items.stream().allMatch(Text::isText)
                    ? null
                    : items.stream().map(each -> each.toString().strip()).toList();
        }
    }

    /** The list that {@code value} is, if there is anything in it and all of it is {@code fit}; else null. */
    private static @Nullable List<String> words(Object value, Predicate<String> fit) {
        var words =
                Items.of(value).stream().map(each -> each.toString().strip()).toList();
        return words.isEmpty() || !words.stream().allMatch(fit) ? null : words;
    }

    /** A list of origins that pages come from. */
    record Origins() implements Kind<List<String>> {

        private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+");

        @Override
        public String expected() {
            return "a list of origins such as https://app.example.org, without a path";
        }

        @Override
        public @Nullable List<String> read(Object value) {
            return words(value, each -> ORIGIN.matcher(each).matches());
        }
    }

    /** A list of numeric Internet addresses, and of ranges of them. */
    record Ranges() implements Kind<List<String>> {

        private static final int BITS_OF_A_BYTE = 8;
        private static final Pattern VERSION_4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

        @Override
        public String expected() {
            return "a list of addresses, or of ranges such as 10.0.0.0/8";
        }

        @Override
        public @Nullable List<String> read(Object value) {
            return words(value, Ranges::isRange);
        }

        private static boolean isRange(String text) {
            String[] parts = text.split("/", 2);
            if (parts[0].indexOf(':') < 0 && !VERSION_4.matcher(parts[0]).matches()) {
                return false; // shorter forms mean different things to different programs
            }
            try {
                int bits = BITS_OF_A_BYTE * InetAddress.ofLiteral(parts[0]).getAddress().length;
                return parts.length == 1 || (parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= bits);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /**
     * A list of names and of rows of fields.
     *
     * @param expected what it is to be
     */
    record Rows(String expected) implements Kind<List<Object>> {

        @Override
        public @Nullable List<Object> read(Object value) {
            var items = Items.of(value);
            return items.isEmpty() || !items.stream().allMatch(each -> each instanceof Map || Text.isText(each))
                    ? null
                    : items;
        }
    }
}
