/** Documents: read back as they were written, and from pictures of them. */
@NullMarked
package io.perpetua.benchmarks.documents;

import org.jspecify.annotations.NullMarked;
