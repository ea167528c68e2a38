package io.perpetua.bootstrap;

import io.perpetua.bootstrap.configuration.Key;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A reading is all or nothing: the configuration is looked over as a whole, as at the start, then every part that can
 * change reads its own, and only when nobody has found anything wrong is each put in force. What cannot change before the
 * next start is compared with what was set at this one.
 */
/**
 * Reads the configuration again while the server runs, and puts in force what can be. Where anything is wrong, all stays as
 * it was. For one thread, save {@link #state}, which is safe for concurrent use.
 */
@Singleton
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final ConfigurationSource source;
    private final Settings atStart;
    private final List<ReloadedPart> parts;
    private final InstantSource clock;
    private volatile List<Path> files;
    private volatile List<String> refused = List.of();
    private volatile Instant since;
    private List<String> waiting = List.of();

    Reload(ConfigurationSource source, Configuration atStart, List<ReloadedPart> parts, InstantSource clock) {
        this.source = source;
        this.atStart = atStart.settings();
        this.parts = parts;
        this.clock = clock;
        files = files(atStart.settings());
        since = clock.instant();
    }

    /** The files that the configuration is read from, as it was read last. */
    List<Path> files() {
        return files;
    }

    /**
     * How the configuration is.
     *
     * @throws IllegalStateException when the files say something that was not put in force, with what is wrong with it
     */
    String state() {
        var wrong = refused;
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("what stands in the files now is not in force: " + String.join(" ", wrong));
        }
        return "in force since " + since.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Reads everything again. */
    void reload() {
        try {
            var changed = ConfigurationCheck.of(source.changed(), clock);
            files = files(changed.settings());
            var changes = new ArrayList<Runnable>();
            if (changed.mistakes().sentences().isEmpty()) {
                parts.forEach(part -> changes.add(part.read(changed)));
            }
            if (changed.mistakes().sentences().isEmpty()) {
                changes.forEach(Runnable::run);
                taken(changed.settings());
            } else {
                refuse(changed.mistakes().sentences());
            }
        } catch (Complaint e) {
            refuse(List.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("The configuration could not be read again", e);
            refuse(List.of("It could not be read: the log says why."));
        }
    }

    private void taken(Settings settings) {
        refused = List.of();
        since = clock.instant();
        LOG.info("The configuration was read again and is in force");
        var differing = Keys.all().stream()
                .filter(key -> !key.reloaded() && !Objects.equals(value(key, settings), value(key, atStart)))
                .map(Key::full)
                .toList();
        if (!differing.equals(waiting)) {
            differing.forEach(key -> LOG.warn("A change of {} takes effect at the next start", key));
        }
        waiting = differing;
    }

    private void refuse(List<String> sentences) {
        refused = sentences;
        LOG.warn(
                "The configuration has changed and stays in force as it was, for there {}:{}",
                sentences.size() == 1 ? "is a mistake" : "are mistakes",
                String.join(
                        "",
                        sentences.stream()
                                .map(each -> System.lineSeparator() + each)
                                .toList()));
    }

    private static @Nullable Object value(Key<?> key, Settings settings) {
        return settings.find(key);
    }

    private List<Path> files(Settings settings) {
        var all = new ArrayList<Path>();
        all.add(source.file());
        all.addAll(ConfigurationCheck.priceFiles(settings));
        return List.copyOf(all);
    }
}
