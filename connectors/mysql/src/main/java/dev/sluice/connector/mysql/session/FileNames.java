package dev.sluice.connector.mysql.session;

import java.util.Optional;

/**
 * What MySQL calls databases and tables in its files, and so in its tables about InnoDB (the server's documentation, "Mapping
 * of Identifiers to File Names").
 *
 * <p>Letters of alphabets with two cases have a numbering of their own there, which is not known here; names with them are
 * told apart by less.
 */
final class FileNames {
    private FileNames() {}

    /** The name of a file; empty if it is not known. */
    static Optional<String> of(String name) {
        StringBuilder file = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isAscii = c < 0x80;
            if (isAscii && (Character.isLetterOrDigit(c) || c == '_')) {
                file.append(c);
            } else if (isAscii || Character.getType(c) == Character.OTHER_LETTER) {
                file.append("@%04x".formatted((int) c));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(file.toString());
    }
}
