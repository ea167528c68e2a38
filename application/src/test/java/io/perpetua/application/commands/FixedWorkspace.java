package io.perpetua.application.commands;

import io.perpetua.domain.commands.Place;
import io.perpetua.domain.commands.Workspace;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workspace at {@code /w} with a folder {@code src} and a file {@code README.md}. */
public final class FixedWorkspace implements Workspace {

    @Override
    public String root() {
        return "/w";
    }

    @Override
    public String home() {
        return "/home/ada";
    }

    @Override
    public String resolved(String path) {
        return Path.of(path).normalize().toString();
    }

    @Override
    public Place place(String path) {
        String normal = Path.of(path).normalize().toString();
        return switch (normal) {
            case "/w", "/w/src" -> Place.FOLDER;
            case "/w/README.md" -> Place.FILE;
            default -> normal.startsWith("/w/") ? Place.MISSING : Place.OUTSIDE;
        };
    }

    @Override
    public @Nullable List<String> names(String path) {
        return place(path) == Place.FOLDER ? List.of("README.md", "src") : null;
    }
}
