package dev.sluice.lowcode.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.Manifests;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All manifests that are there load, pass the checks, and tell their options. */
class RealManifestsTest {
    @Test
    void eachLoadsAndTellsItsOptions() {
        List<String> wrong = new ArrayList<>();
        for (Path file : Manifests.all()) {
            try {
                Manifest manifest = Manifest.read(file.toString(), Manifests.text(file));
                Object spec = JsonValues.read(manifest.specification());
                if (Values.member(spec, "properties") == None.NONE) {
                    wrong.add(file.getFileName() + ": no properties");
                }
            } catch (ProblemException failed) {
                wrong.add(file.getFileName() + ": " + failed.problem());
            }
        }
        assertThat(wrong).isEmpty();
    }
}
