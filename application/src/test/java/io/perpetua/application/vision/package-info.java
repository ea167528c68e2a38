/** The contracts of documents, their jobs and their index, and fakes for tests. */
@NullMarked
package io.perpetua.application.vision;

import org.jspecify.annotations.NullMarked;
