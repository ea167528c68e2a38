package io.perpetua.adapters.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object by its members' own text, which parsing would change: {@code 1.0} stays {@code 1.0}, and an integer of
 * thirty digits keeps them all. Immutable.
 */
public final class RawObject {

    /** Members of an object, or elements of an array in one, that are taken. */
    private static final int MOST = 10_000;

    private static final int LONGEST_NUMBER = 1_000;

    /** An exponent of more than four digits. */
    private static final Pattern EXCESSIVE = Pattern.compile("[eE][+-]?\\d{5}");

    private final Map<String, String> members;

    private RawObject(Map<String, String> members) {
        this.members = members;
    }

    /**
     * The object that {@code json} is.
     *
     * @param path what a refusal calls it, empty for the body
     */
    public static RawObject of(String json, String path) {
        var members = new LinkedHashMap<String, String>();
        scan(json, JsonToken.START_OBJECT, path, "an object", parser -> {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, slice(json, parser, path.isEmpty() ? name : path + "." + name));
            if (members.size() > MOST) {
                throw Fields.tooMany(path, MOST, "members");
            }
        });
        return new RawObject(members);
    }

    /** The elements' own text of the array that {@code json} is. */
    public static List<String> elements(String json, String path) {
        var elements = new ArrayList<String>();
        scan(json, JsonToken.START_ARRAY, path, "an array", parser -> {
            String place = path + "[" + elements.size() + "]";
            long before = parser.currentTokenCount();
            elements.add(slice(json, parser, place));
            if (parser.currentTokenCount() - before > Json.LARGEST_TREE) {
                throw Fields.tooMany(place, Json.LARGEST_TREE, "names and values");
            }
        });
        return elements;
    }

    /** The member's text, null when there is none of that name. */
    public @Nullable String get(String name) {
        return members.get(name);
    }

    /** The named members, parsed. */
    public Fields fields(String path, Set<String> names) {
        var tree = Json.object();
        members.forEach((name, value) -> {
            if (names.contains(name)) {
                tree.set(name, Json.tree(value));
            }
        });
        return new Fields(tree, path);
    }

    /** This object without the named members, each that stays to the letter and in its order. */
    public String without(Set<String> names) {
        return write(name -> !names.contains(name));
    }

    private String write(Predicate<String> kept) {
        return members.entrySet().stream()
                .filter(member -> kept.test(member.getKey()))
                .map(member -> TextNode.valueOf(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private interface Visit {
        void at(JsonParser parser) throws IOException;
    }

    private static void scan(String json, JsonToken opening, String path, String expected, Visit visit) {
        try (var parser = Json.WALKS.createParser(json)) {
            if (parser.nextToken() != opening) {
                throw Fields.unexpected(path, expected, Json.tree(json));
            }
            while (!parser.nextToken().isStructEnd()) {
                visit.at(parser);
            }
            if (parser.nextToken() != null) {
                throw Json.malformed("the body is not valid JSON: there is more after its end");
            }
        } catch (JsonProcessingException e) {
            throw Json.refused(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be read", e);
        }
    }

    private static String slice(String json, JsonParser parser, String path) throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        skip(parser, path);
        parser.finishToken();
        return json.substring(from, Math.toIntExact(parser.currentLocation().getCharOffset()));
    }

    /** Goes to the end of the value, and looks on the way whether it is too much, so that nothing is made of it. */
    private static void skip(JsonParser parser, String path) throws IOException {
        boolean array = parser.isExpectedStartArrayToken();
        int elements = 0;
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            if (token.isNumeric()) {
                checkNumber(parser);
            }
            if (array && depth == 1 && !token.isStructEnd()) {
                elements++;
                if (elements > MOST) {
                    throw Fields.tooMany(path, MOST, "elements");
                }
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    /** What is passed on is not to be more than whoever reads it can hold. */
    private static void checkNumber(JsonParser parser) throws IOException {
        String number = parser.getText();
        if (number.length() > LONGEST_NUMBER || EXCESSIVE.matcher(number).find()) {
            throw Json.malformed("the JSON holds a number that is too long or too large");
        }
    }
}
