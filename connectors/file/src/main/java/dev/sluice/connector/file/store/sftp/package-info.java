/** The files of an SSH server, by JSch. */
@NullMarked
package dev.sluice.connector.file.store.sftp;

import org.jspecify.annotations.NullMarked;
