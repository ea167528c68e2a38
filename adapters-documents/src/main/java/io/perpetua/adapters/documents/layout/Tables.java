package io.perpetua.adapters.documents.layout;

import io.perpetua.domain.vision.RegionType;
import java.util.List;

/** How a table is written: a line for each row, and between two cells of a row {@link #BETWEEN}. */
public final class Tables {

    /** Stands between two cells. */
    public static final String BETWEEN = " | ";

    private Tables() {}

    /** One row; line breaks within a cell become spaces. */
    public static String row(List<String> cells) {
        return String.join(
                BETWEEN,
                cells.stream()
                        .map(cell -> cell.strip().replaceAll("\\s*\\R\\s*", " "))
                        .toList());
    }

    static Region region(Rect bounds, List<List<String>> rows) {
        return new Region(
                RegionType.TABLE,
                bounds,
                String.join("\n", rows.stream().map(Tables::row).toList()));
    }
}
