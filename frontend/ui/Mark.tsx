/** The mark of the house. */
export function Mark() {
  return (
    <span className="company-mark">
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M2.8 3.5 6.6 12.5" />
        <path d="M13.2 3.5 9.4 12.5" opacity=".62" />
      </svg>
    </span>
  );
}
