package io.perpetua.adapters.llm.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which encoding counts for which models: the lines of {@code models.txt}. The longest prefix that fits wins; of a name
 * with slashes the part after the last is tried first, then ever more of it.
 */
final class ModelTable {

    private static final Pattern LINE = Pattern.compile("(\\S+) +(\\S+) +(\\S+)");

    private final List<Row> rows;
    private final Row otherwise;

    private ModelTable(List<Row> rows) {
        this.rows = rows;
        this.otherwise =
                rows.stream().filter(row -> row.prefix.equals("*")).findFirst().orElseThrow();
    }

    static ModelTable load() {
        var file = Objects.requireNonNull(ModelTable.class.getResourceAsStream("models.txt"), "models.txt");
        try (var lines = new BufferedReader(new InputStreamReader(file, UTF_8))) {
            return new ModelTable(lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ModelTable::row)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Row> rows() {
        return rows;
    }

    Row find(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        int part = name.length();
        while (part > 0) {
            part = name.lastIndexOf('/', part - 1);
            Row row = longestPrefix(name.substring(part + 1));
            if (row != null) {
                return row;
            }
        }
        return otherwise;
    }

    private @Nullable Row longestPrefix(String name) {
        Row longest = null;
        for (Row row : rows) {
            if (name.startsWith(row.prefix) && (longest == null || row.prefix.length() > longest.prefix.length())) {
                longest = row;
            }
        }
        return longest;
    }

    private static Row row(String line) {
        Matcher columns = LINE.matcher(line);
        if (!columns.matches()) {
            throw new IllegalStateException("models.txt: " + line);
        }
        return new Row(columns.group(1), BpeEncoding.labelled(columns.group(2)), Double.parseDouble(columns.group(3)));
    }

    /**
     * How the models whose names start with {@code prefix} count.
     *
     * @param prefix in lower case
     * @param factor the models' tokens for each one of the encoding
     */
    record Row(String prefix, BpeEncoding encoding, double factor) {

        String tokenizerName() {
            return factor == 1 ? encoding.label : String.format(Locale.ROOT, "%s*%.2f", encoding.label, factor);
        }
    }
}
