/**
 * Files in formats that need more than a line of code, written and read without Sluice: workbooks part by part, as Excel or
 * somebody who means harm writes them, and Avro by its own library.
 */
@NullMarked
package dev.sluice.testkit.file;

import org.jspecify.annotations.NullMarked;
