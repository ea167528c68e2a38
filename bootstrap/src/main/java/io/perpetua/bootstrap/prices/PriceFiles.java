package io.perpetua.bootstrap.prices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.configuration.Mistakes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The price lists that the operator has at hand: LiteLLM's and genai-prices', told apart by their shapes. A later one wins
 * over an earlier one wherever it says something. Immutable; safe for concurrent use.
 */
public final class PriceFiles {

    /** No lists. */
    public static final PriceFiles NONE = new PriceFiles(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(PriceFiles.class);

    private static final String KEY = "perpetua.prices.files";
    private static final String EXPECTED =
            " Expected LiteLLM's model_prices_and_context_window.json or the data.json of genai-prices.";

    private final List<PriceList> lists;

    private PriceFiles(List<PriceList> lists) {
        this.lists = lists;
    }

    /**
     * Reads {@code files}.
     *
     * @param today the day whose prices are in force
     * @param mistakes is told of files that cannot be read, or are no such lists
     */
    public static PriceFiles read(List<Path> files, LocalDate today, Mistakes mistakes) {
        var lists = new ArrayList<PriceList>();
        for (Path file : files) {
            try {
                lists.add(list(file, today));
            } catch (Complaint e) {
                mistakes.told(KEY, KEY + ": " + e.getMessage() + EXPECTED);
            }
        }
        return new PriceFiles(List.copyOf(lists));
    }

    /** {@code model} with what the lists say of its window and its price; what they do not say stays as it is. */
    public ModelInfo amend(ModelInfo model) {
        var amended = model;
        for (PriceList list : lists) {
            var listing = list.find(model.provider(), model.name());
            if (listing != null) {
                amended = listing.amend(amended);
            }
        }
        return amended;
    }

    private static PriceList list(Path file, LocalDate today) {
        JsonNode root = json(file);
        PriceList list;
        if (LiteLlmPrices.isSuch(root)) {
            list = LiteLlmPrices.read(root);
        } else if (GenaiPrices.isSuch(root)) {
            list = GenaiPrices.read(root, today);
        } else {
            throw new Complaint(file + " is no price list.");
        }
        LOG.info(
                "{} tells of {} models; {} rows are left out that cannot be understood",
                file,
                list.models(),
                list.skipped());
        return list;
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw FileFaults.unreadable(file, e);
        }
    }
}
