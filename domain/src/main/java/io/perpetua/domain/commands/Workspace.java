package io.perpetua.domain.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder that commands are confined to, as they would find it. Safe for concurrent use. */
public interface Workspace {

    /** Its path: absolute, without links. */
    String root();

    /** What {@code ~} stands for. */
    String home();

    /** The path that {@code path}, which is absolute, comes to with every link followed; null where they lead nowhere. */
    @Nullable
    String resolved(String path);

    /** What is at {@code path}, which is absolute and may hold {@code ..}; links are followed as the system does. */
    Place place(String path);

    /** The names in the folder at an absolute path in the workspace, in order; null when there is no such folder. */
    @Nullable
    List<String> names(String path);
}
