/** The version of the program and the library; a test keeps it equal to package.json's. */
export const VERSION = "0.1.0";
