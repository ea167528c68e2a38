package io.perpetua.adapters.commands;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A command that is done here and by no program; made for its words, and for one use. */
interface Builtin {

    /** Does it; the exit status. */
    int run(Surroundings here) throws IOException;

    /**
     * Where it is done.
     *
     * @param workspace opens what it names
     * @param folder the folder it runs in, absolute
     * @param in what comes in
     * @param out what it prints
     * @param err what it complains about
     */
    record Surroundings(FileWorkspace workspace, String folder, InputStream in, Pipe out, Pipe err) {

        /** What an operand names, with every link followed; refused outside of the workspace. */
        Path real(String operand) throws IOException {
            String absolute = operand.startsWith("/") ? operand : folder + "/" + operand;
            Path real = workspace.real(absolute);
            if (real == null || !real.startsWith(workspace.root())) {
                throw new IOException("it is outside the workspace");
            }
            return real;
        }

        /** The content of what an operand names, {@code -} being what comes in. */
        InputStream open(String operand) throws IOException {
            if (operand.equals("-")) {
                return in;
            }
            Path real = real(operand);
            Path root = Path.of(workspace.root());
            Path parent = real.getParent();
            if (real.equals(root) || parent == null) {
                throw new IOException("it is a folder");
            }
            try (var above = OpenFolder.open(root, parent)) {
                return above.file(String.valueOf(real.getFileName()));
            }
        }

        OpenFolder folder(String operand) throws IOException {
            return OpenFolder.open(Path.of(workspace.root()), real(operand));
        }
    }
}
