package dev.sluice.connector.file.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Goes through all pages of a list. */
public final class Listing {
    private Listing() {}

    /**
     * Looks at the objects below a prefix, by their keys.
     *
     * @param wanted returns false to end early
     */
    public static void each(ObjectStore store, String prefix, Predicate<StoredObject> wanted) {
        each(store, prefix, Integer.MAX_VALUE, wanted);
    }

    /**
     * Looks at the objects below a prefix, by their keys.
     *
     * @param depth how many slashes the rest of a wanted key has at most behind the prefix
     * @param wanted returns false to end early
     */
    public static void each(ObjectStore store, String prefix, int depth, Predicate<StoredObject> wanted) {
        String after = "";
        do {
            ObjectStore.Page page = store.list(prefix, depth, after);
            for (StoredObject object : page.objects()) {
                if (!wanted.test(object)) {
                    return;
                }
            }
            after = page.next();
        } while (!after.isEmpty());
    }

    /** All objects below a prefix. */
    public static List<StoredObject> all(ObjectStore store, String prefix) {
        List<StoredObject> objects = new ArrayList<>();
        each(store, prefix, objects::add);
        return objects;
    }

    /** True if an object below a prefix passes. */
    public static boolean any(ObjectStore store, String prefix, Predicate<StoredObject> test) {
        boolean[] found = {false};
        each(store, prefix, object -> {
            found[0] = test.test(object);
            return !found[0];
        });
        return found[0];
    }
}
