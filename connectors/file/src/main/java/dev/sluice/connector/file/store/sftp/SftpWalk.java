package dev.sluice.connector.file.store.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Goes through folders and those within them, no deeper than it has to. */
final class SftpWalk {
    private static final int MOST_FILES = 5_000_000;

    private final SftpFiles files;
    private final String prefix;
    private final int depth;
    private final boolean ours;
    private final List<StoredObject> found = new ArrayList<>();

    private SftpWalk(SftpFiles files, String prefix, int depth, boolean ours) {
        this.files = files;
        this.prefix = prefix;
        this.depth = depth;
        this.ours = ours;
    }

    /** The files below a prefix by their keys. */
    static List<StoredObject> files(SftpFiles files, String prefix, int depth) {
        SftpWalk walk = new SftpWalk(files, prefix, depth, false);
        walk.enter(SftpFiles.folder(prefix));
        walk.found.sort(Comparator.comparing(StoredObject::key));
        return walk.found;
    }

    /** What was begun below a prefix and never got its name. */
    static List<StoredObject> unfinished(SftpFiles files, String prefix) {
        SftpWalk walk = new SftpWalk(files, prefix, Integer.MAX_VALUE, true);
        walk.enter(SftpFiles.folder(prefix));
        return walk.found;
    }

    private record Entry(String name, SftpATTRS file) {}

    private static List<Entry> entries(SftpFiles files, String folder) {
        return files.ask(folder, line -> {
            List<Entry> entries = new ArrayList<>();
            try {
                String path = SftpFiles.path(folder);
                line.ls(path.isEmpty() ? "." : SftpFiles.quoted(path), entry -> {
                    if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
                        entries.add(new Entry(entry.getFilename(), entry.getAttrs()));
                    }
                    return entries.size() > MOST_FILES
                            ? ChannelSftp.LsEntrySelector.BREAK
                            : ChannelSftp.LsEntrySelector.CONTINUE;
                });
            } catch (SftpException failure) {
                if (!SftpFiles.isMissing(failure)) {
                    throw failure;
                }
            }
            return entries;
        });
    }

    private void enter(String folder) {
        for (Entry entry : entries(files, folder)) {
            String key = folder + entry.name();
            boolean within = key.startsWith(prefix) && isNear(key);
            if (entry.file().isDir()) {
                if ((key + "/").startsWith(prefix) && isNear(key + "/")) {
                    enter(key + "/");
                }
            } else if (within && entry.name().startsWith(SftpFiles.OURS) == ours) {
                add(key, entry.file());
            }
        }
    }

    private boolean isNear(String key) {
        long slashes = key.substring(prefix.length())
                .chars()
                .filter(letter -> letter == '/')
                .count();
        return slashes <= depth;
    }

    private void add(String key, SftpATTRS file) {
        if (found.size() >= MOST_FILES) {
            throw StoreProblems.failed(files.address(prefix), "there are more than " + MOST_FILES + " files")
                    .exception();
        }
        if (file.isLink()) {
            // What a link leads to is read; folders behind links are left out, since they may lead in circles.
            files.find(key).ifPresent(found::add);
        } else if (file.isReg()) {
            found.add(SftpFiles.described(key, file));
        }
    }
}
