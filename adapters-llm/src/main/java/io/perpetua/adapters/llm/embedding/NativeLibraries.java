package io.perpetua.adapters.llm.embedding;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/*
 * Left to itself, ONNX Runtime unpacks 28 MB into a new temporary directory at every start, leaves the directory behind
 * at every exit and the 28 MB at every crash; DJL unpacks below the home directory and, the first time, calls a metadata
 * service over the network. Both are told where and how by system properties, which must be set before their classes
 * are first used; what an operator has set is left alone.
 */
/** Keeps the unpacked native libraries in one place from start to start. */
final class NativeLibraries {

    private static final String ONNX_PATH = "onnxruntime.native.path";
    private static final List<String> ONNX_RUNTIME = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeLibraries() {}

    static void keepIn(Path directory) throws IOException {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet("ENGINE_CACHE_DIR", directory.toAbsolutePath().toString());
        JarURLConnection packed = System.getProperty(ONNX_PATH) == null ? packed(ONNX_RUNTIME.getFirst()) : null;
        if (packed != null) { // else ONNX Runtime itself finds it, or says what is missing
            Path unpacked = directory.toAbsolutePath().resolve("onnxruntime-" + contents(packed));
            Files.createDirectories(unpacked);
            for (String library : ONNX_RUNTIME) {
                unpack(library, unpacked);
            }
            System.setProperty(ONNX_PATH, unpacked.toString());
        }
    }

    private static void unpack(String library, Path directory) throws IOException {
        JarURLConnection packed = packed(library);
        Path target = directory.resolve(System.mapLibraryName(library));
        if (packed == null || Files.exists(target)) {
            return;
        }
        // Another process may be doing the same: each writes a file of its own and moves it there whole.
        Path beside = Files.createTempFile(directory, library, ".part");
        try (var in = packed.getInputStream()) {
            Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static @Nullable JarURLConnection packed(String library) throws IOException {
        String file = "/ai/onnxruntime/native/" + platform() + "/" + System.mapLibraryName(library);
        URL url = OrtEnvironment.class.getResource(file);
        return url != null && url.openConnection() instanceof JarURLConnection packed ? packed : null;
    }

    /** A name for what the library contains, so that another version goes to another directory. */
    private static String contents(JarURLConnection packed) throws IOException {
        return Long.toHexString(packed.getJarEntry().getCrc());
    }

    /** This machine in ONNX Runtime's words. */
    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return (os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux")
                + (arch.equals("aarch64") || arch.equals("arm64") ? "-aarch64" : "-x64");
    }

    private static void setUnlessSet(String property, String value) {
        System.getProperties().putIfAbsent(property, value);
    }
}
