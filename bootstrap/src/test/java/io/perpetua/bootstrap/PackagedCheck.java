package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a build has packaged. Run by the build when it has, and not among the tests. */
class PackagedCheck {

    private static final Path TARGET = Path.of("target");

    @Test
    void sbom_listsTheLibrariesThatAreShippedAndNoOthers() throws IOException {
        var file = TARGET.resolve("perpetua-sbom.json");
        assumeTrue(Files.exists(file), "built without it");
        var sbom = Http.JSON.readTree(Files.readString(file));
        var listed = new TreeSet<String>();
        for (JsonNode component : sbom.path("components")) {
            listed.add(component.path("name").asText() + "-"
                    + component.path("version").asText());
        }
        assertThat(listed).isEqualTo(shipped());
        assertThat(listed).anyMatch(name -> name.startsWith("sqlite-jdbc-"));
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(sbom.has("serialNumber")).as("differs in each build").isFalse();
    }

    private static Set<String> shipped() throws IOException {
        try (var files = Files.list(TARGET.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ".jar".length()))
                    .map(name -> name.replaceFirst("-(linux|osx|windows)-.*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
