package dev.sluice.connector.file.destination.store;

import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.ManifestJson;
import dev.sluice.connector.file.store.Exchange;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The manifest of a target in a store. One thread uses it at a time. */
public final class StoreManifest {
    private static final int MAX_BYTES = 512 << 20;

    private final StorePlace place;
    private String version = "";

    /** The manifest of the target at this place. */
    public StoreManifest(StorePlace place) {
        this.place = place;
    }

    /** What is true of the target; empty if there is no manifest. */
    public Optional<Manifest> read() {
        Optional<ObjectStore.Content> content = place.store().read(place.manifest(), MAX_BYTES);
        version = content.map(ObjectStore.Content::version).orElse("");
        return content.map(this::parsed);
    }

    private Manifest parsed(ObjectStore.Content content) {
        try {
            return ManifestJson.read(new String(content.bytes(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            throw Problem.of("E_MANIFEST_DAMAGED", ProblemKind.INTEGRITY, "the manifest of the target cannot be read")
                    .at(place.store().addressOf(place.manifest()))
                    .because(notOurs.getMessage())
                    .fix("restore it from a backup, or write the stream to another folder")
                    .exception(notOurs);
        }
    }

    /** I2, I8: puts another one in the place of the one that was read or written last, if it is still there. */
    public void write(Manifest manifest) {
        byte[] content = ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8);
        version = Exchange.put(place.store(), place.manifest(), content, version)
                .orElseThrow(() -> Problem.of(
                                "E_FENCED", ProblemKind.CONFLICT, "another run has taken the target in the meantime")
                        .at(place.toString())
                        .because("nothing of this commit was kept")
                        .fix("let the other run finish, then run this one again")
                        .exception());
    }
}
