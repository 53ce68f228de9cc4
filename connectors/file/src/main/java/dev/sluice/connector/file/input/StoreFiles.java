package dev.sluice.connector.file.input;

import dev.sluice.connector.file.store.Listing;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects of a key, or of a pattern, in a store. The version of a file is what the store calls it. */
public final class StoreFiles implements FileAccess {
    private static final String SPECIAL = "*?[{";

    private final ObjectStore store;
    private final String pattern;
    private final int maxFiles;

    /**
     * Makes the access to the objects of a key or pattern.
     *
     * @param pattern the key or pattern inside the bucket
     * @param maxFiles the most files that the pattern may match
     */
    public StoreFiles(ObjectStore store, String pattern, int maxFiles) {
        this.store = store;
        this.pattern = pattern;
        this.maxFiles = maxFiles;
    }

    /** True if there may be several files. */
    public boolean isPattern() {
        return GlobPattern.isGlob(pattern);
    }

    /** The address of the folder above the first wildcard, or above the file. */
    public String directory() {
        String directory =
                isPattern() ? parsed().directory() : pattern.substring(0, Math.max(0, pattern.lastIndexOf('/')));
        return directory.isEmpty() ? store.address() : store.addressOf(directory);
    }

    private GlobPattern parsed() {
        try {
            return GlobPattern.parse(pattern);
        } catch (IllegalArgumentException wrong) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, String.valueOf(wrong.getMessage()))
                    .at("path")
                    .exception(wrong);
        }
    }

    @Override
    public List<SourceFile> list() {
        if (!isPattern()) {
            return List.of(store.head(pattern)
                    .map(this::described)
                    .orElseThrow(() -> missing().exception()));
        }
        GlobPattern glob = parsed();
        String above = glob.directory().isEmpty() ? "" : glob.directory() + "/";
        List<SourceFile> files = new ArrayList<>();
        Listing.each(store, pattern.substring(0, wildcard()), depth(), object -> {
            String key = object.key();
            if (!key.endsWith("/") && key.startsWith(above) && glob.matches(key.substring(above.length()))) {
                files.add(described(object));
                requireFewEnough(files.size());
            }
            return true;
        });
        return List.copyOf(files);
    }

    /** How deep files below the first wildcard lie at most; braces may hold slashes of their own. */
    private int depth() {
        String rest = pattern.substring(wildcard());
        return rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(letter -> letter == '/').count();
    }

    private int wildcard() {
        int at = 0;
        while (SPECIAL.indexOf(pattern.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private Problem missing() {
        boolean folder = pattern.isEmpty() || pattern.endsWith("/");
        return Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "there is no such file")
                .at(store.addressOf(pattern))
                .fix(folder ? "name the files in the folder, for example with *.csv at its end" : "check the address");
    }

    private void requireFewEnough(int files) {
        if (files > maxFiles) {
            throw LocalFiles.tooMany(store.addressOf(pattern), maxFiles);
        }
    }

    private SourceFile described(StoredObject object) {
        return new SourceFile(store.addressOf(object.key()), object.size(), object.modified(), object.version(), "");
    }

    private StoredObject object(SourceFile file) {
        String key = file.name().substring(store.addressOf("").length());
        return new StoredObject(key, file.size(), file.modified(), file.tag());
    }

    @Override
    public Optional<SourceFile> find(SourceFile file) {
        return store.head(object(file).key()).map(this::described);
    }

    @Override
    public InputStream open(SourceFile file, long from) {
        return new StoreInput(store, object(file), from);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void requireUnchanged(SourceFile file) {
        if (find(file).filter(file::isSameVersion).isEmpty()) {
            throw StoreProblems.changed(file.name()).exception();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
