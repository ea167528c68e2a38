package io.perpetua.bootstrap;

import io.perpetua.bootstrap.LooseJson.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Damages a JSON value in one place. */
final class Damage {

    private static final List<Object> ODD = List.of(
            new Raw("null"),
            new Raw("NaN"),
            new Raw("Infinity"),
            new Raw("-0"),
            new Raw("-1"),
            new Raw("0.5"),
            new Raw("1e400"),
            new Raw("1e-400"),
            new Raw("1e999999999"),
            new Raw("-1e-999999999"),
            new Raw("1e99999999999999999999"),
            new Raw("9223372036854775808"),
            new Raw("2147483648"),
            new Raw("9".repeat(900)),
            new Raw("9".repeat(5_000)),
            new Raw("01"),
            new Raw("+1"),
            new Raw("0x10"),
            new Raw("'single'"),
            new Raw("undefined"),
            new Raw("[" + "[".repeat(500) + "]".repeat(500) + "]"),
            new Raw("[".repeat(150) + "]".repeat(150)),
            new Raw("{\"a\":".repeat(300) + "1" + "}".repeat(300)),
            new Raw("[" + "0,".repeat(20_000) + "0]"),
            new Raw("[" + "{},".repeat(5_000) + "{}]"),
            new Raw("\"\\ud800\""),
            new Raw("\"\\udc00\\ud800 x\""),
            new Raw("\"\\u0000\""),
            new Raw("\"a\\u0000b\\uffff\\ufffe\""),
            new Raw("\"\\x41\""),
            new Raw("\"tab\tand\nline\""),
            new Raw("{}"),
            new Raw("[]"),
            new Raw("\"\""),
            new Raw("true"),
            new Raw("/* comment */ 1"),
            "true",
            "5",
            "1e5",
            " ",
            "\u202Egnirts\u200B\uFEFF",
            "e\u0301".repeat(50),
            "👩‍👩‍👧‍👦".repeat(20),
            "../../etc/passwd",
            "'; DROP TABLE turns; --",
            "${jndi:ldap://x}",
            "%s%n%x",
            "<script>alert(1)</script>",
            "AND OR NOT \"( ~ * ? : [ TO ] ^ \\",
            "x".repeat(257),
            "x".repeat(100_000),
            "\n".repeat(5_000),
            "word ".repeat(20_000));

    private final SplittableRandom random;

    Damage(SplittableRandom random) {
        this.random = random;
    }

    /** {@code value} with one place of it replaced, removed, doubled or added to. */
    @Nullable
    Object in(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map when !map.isEmpty() && random.nextInt(5) > 0 -> inObject(map);
            case List<?> list when !list.isEmpty() && random.nextInt(4) > 0 -> inArray(list);
            case null, default -> ODD.get(random.nextInt(ODD.size()));
        };
    }

    private Object inObject(Map<?, ?> map) {
        var copy = LooseJson.object();
        map.forEach((key, each) -> copy.put(String.valueOf(key), each));
        String name = List.copyOf(copy.keySet()).get(random.nextInt(copy.size()));
        switch (random.nextInt(8)) {
            case 0 -> copy.remove(name);
            case 1 -> copy.put("\0" + name + "\uD800", copy.remove(name));
            case 2 -> copy.put(name.toUpperCase(Locale.ROOT), copy.remove(name));
            case 3 -> {
                return new Raw(doubled(LooseJson.write(copy), name));
            }
            case 4 -> copy.put("x".repeat(1 + random.nextInt(70_000)), "long name");
            default -> copy.put(name, in(copy.get(name)));
        }
        return copy;
    }

    private static String doubled(String object, String name) {
        return object.substring(0, object.length() - 1) + ",\"" + name + "\":[],\"" + name + "\":1}";
    }

    private Object inArray(List<?> list) {
        var copy = new ArrayList<@Nullable Object>(list);
        int at = random.nextInt(copy.size());
        switch (random.nextInt(5)) {
            case 0 -> copy.remove(at);
            case 1 -> copy.add(at, copy.get(at));
            case 2 -> copy.add(at, ODD.get(random.nextInt(ODD.size())));
            default -> copy.set(at, in(copy.get(at)));
        }
        return copy;
    }
}
